import { readFileSync } from "node:fs";
import { editIsOutdated } from "./errors";

/** In the place of a function that nothing calls. */
export const notInLayer = (what: string) =>
  `() => { throw new Error(${JSON.stringify(`${what} is not in the shared layer: see scripts/build/replacements.ts`)}); }`;

/** A file with some of its text in other words, each of which must be there. */
export const edited = (path: string, edits: Readonly<Record<string, string>>): string =>
  Object.entries(edits).reduce(
    (text, [from, to]) => {
      if (!text.includes(from)) throw editIsOutdated(path, from);
      return text.replaceAll(from, () => to);
    },
    readFileSync(path, "utf8"),
  );

/** A file whose packages of those names run when something is first asked of them, and not with it. */
export function lazily(path: string, packages: readonly string[]): string {
  const text = readFileSync(path, "utf8");
  const changed = text.replace(
    /^var (\w+) = require\('([\w-]+)'\)/gm,
    (line, variable: string, name: string) =>
      packages.includes(name) ? `var ${variable} = lazy(() => require('${name}'))` : line,
  );
  if (changed === text) throw editIsOutdated(path, `var … = require('${packages.join("' or '")}')`);
  return `${changed}\n${lazy}`;
}

const lazy = `
function lazy(load) {
  return new Proxy(load, {
    apply: (load, self, given) => Reflect.apply(load(), self, given),
    get: (load, name) => load()[name],
  });
}`;
