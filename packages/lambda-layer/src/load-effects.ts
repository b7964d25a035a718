import { createRequire } from "node:module";

/**
 * A string of everything that loading a module may change for other code; it differs after a change. Runs under the
 * functions' Node.
 */
function observableState(): string {
  const process = globalThis.process;
  const listeners = process.eventNames().map((name) => `${String(name)} ${process.listenerCount(name)}`);
  return JSON.stringify([
    ...watched.map(propertiesOf),
    listeners,
    Object.entries(process.env),
    process.getActiveResourcesInfo(),
  ]);
}

const isObject = (value: unknown): value is object =>
  (typeof value === "object" && value !== null) || typeof value === "function";

const globals = Object.getOwnPropertyNames(globalThis)
  .map((name) => Object.getOwnPropertyDescriptor(globalThis, name)?.value as unknown)
  .filter(isObject);

/** Built-in modules that are loaded in every process; inspecting others would load them. */
const modules = ["events", "fs", "http", "path", "stream", "timers", "url", "util"].map((name) =>
  process.getBuiltinModule(name),
);

const prototypes = globals.map((value): unknown => Reflect.get(value, "prototype"));

const watched = [globalThis, ...globals, ...prototypes, ...modules].filter(isObject);

/** A number for each distinct value. */
const numbers = new Map<unknown, number>();
const numberOf = (value: unknown): number => {
  const known = numbers.get(value) ?? numbers.size;
  numbers.set(value, known);
  return known;
};

/** Names, values and accessors of an object's own properties; accessors are not called. */
const propertiesOf = (object: object): unknown[] =>
  Reflect.ownKeys(object).map((key) => {
    const property = Object.getOwnPropertyDescriptor(object, key);
    return [String(key), ...Object.values(property ?? {}).map(numberOf)];
  });

/**
 * Loads modules one after another.
 * @param ids in topological order, dependencies first
 * @returns those whose load has a side effect, or fails
 */
export function withEffects(ids: readonly string[]): string[] {
  const layer = createRequire(__filename)("vendor.js") as { readonly load: (id: string) => unknown };
  return ids.filter((id) => {
    const before = observableState();
    try {
      layer.load(id);
    } catch {
      return true;
    }
    return observableState() !== before;
  });
}
