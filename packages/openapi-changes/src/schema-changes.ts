import * as z from "zod";
import { lowerLimits, upperLimits, type Change } from "./breaking-change";

/** The parts of a JSON schema that are compared. */
export type Schema = z.output<typeof schema>;
const schema = z.looseObject({
  $ref: z.string().optional(),
  title: z.string().optional(),
  type: z.unknown().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).optional(),
  items: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  oneOf: z.array(z.unknown()).optional(),
});

/** Whether clients send the values of a schema, which must stay valid, or receive them. */
export type Direction = "request" | "response";

/** Finds breaking changes between two schemas, each with its location. */
export class SchemaChanges {
  constructor(
    private readonly before: (ref: string) => unknown,
    private readonly after: (ref: string) => unknown,
    private readonly direction: Direction,
  ) {}

  between(before: unknown, after: unknown, location: string, seen: readonly string[] = []): Change[] {
    const old = schema.parse(before ?? {});
    const now = schema.parse(after ?? {});
    if (old.$ref !== undefined && now.$ref !== undefined) {
      if (seen.includes(old.$ref)) return [];
      return this.between(this.before(old.$ref), this.after(now.$ref), location, [...seen, old.$ref]);
    }
    if (old.$ref !== undefined) return this.between(this.before(old.$ref), now, location, seen);
    if (now.$ref !== undefined) return this.between(old, this.after(now.$ref), location, seen);
    return [
      ...this.values(old, now, location),
      ...this.properties(old, now, location, seen),
      ...(old.items === undefined ? [] : this.between(old.items, now.items, `${location}[]`, seen)),
      ...this.alternatives(old, now, location, seen),
    ];
  }

  /** Request values must not be restricted, response values must not be extended. */
  private values(old: Schema, now: Schema, location: string): Change[] {
    const differs = (name: string) => JSON.stringify(old[name]) !== JSON.stringify(now[name]);
    const isRequest = this.direction === "request";
    const [smaller, larger] = isRequest ? [old.enum, now.enum] : [now.enum, old.enum];
    const beyond =
      larger === undefined ? [] : (smaller ?? ["any other"]).filter((one) => !larger.includes(one));
    const tightened = <T extends string>(names: readonly T[], isTighter: (a: number, b: number) => boolean) =>
      names.filter((name) => {
        const [from, to] = [Number(old[name] ?? Number.NaN), Number(now[name] ?? Number.NaN)];
        return isRequest && !Number.isNaN(to) && (Number.isNaN(from) || isTighter(from, to));
      });
    const changed = (
      ["type", "const", ...(isRequest && now.pattern !== undefined ? (["pattern"] as const) : [])] as const
    ).filter(differs);
    const of = (name: string) => ({ location, before: old[name], after: now[name] });
    return [
      ...changed.map((name): Change => ({ code: `${name}-changed`, ...of(name) })),
      ...beyond.map((value): Change =>
        isRequest
          ? { code: "value-rejected", location, before: value }
          : { code: "value-added", location, after: value },
      ),
      ...[...tightened(lowerLimits, (a, b) => b > a), ...tightened(upperLimits, (a, b) => b < a)].map(
        (name): Change => ({ code: `${name}-tightened`, ...of(name) }),
      ),
    ];
  }

  private properties(old: Schema, now: Schema, location: string, seen: readonly string[]): Change[] {
    const [had, has] = [old.properties ?? {}, now.properties ?? {}];
    const [needed, needs] = [old.required ?? [], now.required ?? []];
    const gone = Object.keys(had).filter((name) => !(name in has));
    const demanded = this.direction === "request" ? needs.filter((name) => !needed.includes(name)) : [];
    const unsure =
      this.direction === "response" ? needed.filter((name) => name in has && !needs.includes(name)) : [];
    const changeOf =
      (code: Change["code"]) =>
      (name: string): Change => ({ code, location: `${location}/${name}` });
    return [
      ...gone.map(changeOf("property-removed")),
      ...demanded.map(changeOf("property-required")),
      ...unsure.map(changeOf("property-optional")),
      ...Object.keys(had)
        .filter((name) => name in has)
        .flatMap((name) => this.between(had[name], has[name], `${location}/${name}`, seen)),
    ];
  }

  /** Alternatives are identified by title, such as the name of a task type. */
  private alternatives(old: Schema, now: Schema, location: string, seen: readonly string[]): Change[] {
    const byTitle = (list: readonly unknown[] = []) =>
      new Map(list.map((one) => [schema.parse(one).title ?? JSON.stringify(one), one]));
    const [had, has] = [byTitle(old.oneOf), byTitle(now.oneOf)];
    return [...had].flatMap(([title, one]): Change[] =>
      has.has(title)
        ? this.between(one, has.get(title), `${location} ${title}`, seen)
        : [{ code: "alternative-removed", location: `${location} ${title}` }],
    );
  }
}
