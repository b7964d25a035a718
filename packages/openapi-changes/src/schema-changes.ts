import * as z from "zod";

/** A JSON schema, as far as clients can be broken by a change to it. */
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

/** Who writes the values of a schema: the client, who must still be understood, or the API, which must still be. */
export type Direction = "request" | "response";

const lowerLimits = ["minimum", "minLength", "minItems"] as const;
const upperLimits = ["maximum", "maxLength", "maxItems"] as const;

/** What in a new schema breaks clients that know the old one, each with the place where it is. */
export class SchemaChanges {
  constructor(
    private readonly before: (ref: string) => unknown,
    private readonly after: (ref: string) => unknown,
    private readonly direction: Direction,
  ) {}

  between(before: unknown, after: unknown, place: string, seen: readonly string[] = []): string[] {
    const old = schema.parse(before ?? {});
    const now = schema.parse(after ?? {});
    if (old.$ref !== undefined && now.$ref !== undefined) {
      if (seen.includes(old.$ref)) return [];
      return this.between(this.before(old.$ref), this.after(now.$ref), place, [...seen, old.$ref]);
    }
    if (old.$ref !== undefined) return this.between(this.before(old.$ref), now, place, seen);
    if (now.$ref !== undefined) return this.between(old, this.after(now.$ref), place, seen);
    return [
      ...this.values(old, now, place),
      ...this.properties(old, now, place, seen),
      ...(old.items === undefined ? [] : this.between(old.items, now.items, `${place}[]`, seen)),
      ...this.alternatives(old, now, place, seen),
    ];
  }

  /** A request may not be allowed less than before, an answer may not be more than before. */
  private values(old: Schema, now: Schema, place: string): string[] {
    const differs = (name: string) => JSON.stringify(old[name]) !== JSON.stringify(now[name]);
    const isRequest = this.direction === "request";
    const [smaller, larger] = isRequest ? [old.enum, now.enum] : [now.enum, old.enum];
    const beyond =
      larger === undefined ? [] : (smaller ?? ["any other"]).filter((one) => !larger.includes(one));
    const tightened = (names: readonly string[], isTighter: (a: number, b: number) => boolean) =>
      names.filter((name) => {
        const [from, to] = [Number(old[name] ?? Number.NaN), Number(now[name] ?? Number.NaN)];
        return isRequest && !Number.isNaN(to) && (Number.isNaN(from) || isTighter(from, to));
      });
    return [
      ...["type", "const"].filter(differs).map((name) => `${place}: ${name} is another one`),
      ...(isRequest && now.pattern !== undefined && differs("pattern")
        ? [`${place}: pattern is another one`]
        : []),
      ...beyond.map((value) =>
        isRequest ? `${place}: ${String(value)} is refused` : `${place}: ${String(value)} may come`,
      ),
      ...[...tightened(lowerLimits, (a, b) => b > a), ...tightened(upperLimits, (a, b) => b < a)].map(
        (name) => `${place}: ${name} is tighter`,
      ),
    ];
  }

  private properties(old: Schema, now: Schema, place: string, seen: readonly string[]): string[] {
    const [had, has] = [old.properties ?? {}, now.properties ?? {}];
    const [needed, needs] = [old.required ?? [], now.required ?? []];
    const gone = Object.keys(had).filter((name) => !(name in has));
    const demanded = this.direction === "request" ? needs.filter((name) => !needed.includes(name)) : [];
    const unsure =
      this.direction === "response" ? needed.filter((name) => name in has && !needs.includes(name)) : [];
    return [
      ...gone.map((name) => `${place}/${name} is gone`),
      ...demanded.map((name) => `${place}/${name} is required`),
      ...unsure.map((name) => `${place}/${name} may be missing`),
      ...Object.keys(had)
        .filter((name) => name in has)
        .flatMap((name) => this.between(had[name], has[name], `${place}/${name}`, seen)),
    ];
  }

  /** Alternatives are told apart by their titles, e.g. the name of a task type. */
  private alternatives(old: Schema, now: Schema, place: string, seen: readonly string[]): string[] {
    const byTitle = (list: readonly unknown[] = []) =>
      new Map(list.map((one) => [schema.parse(one).title ?? JSON.stringify(one), one]));
    const [had, has] = [byTitle(old.oneOf), byTitle(now.oneOf)];
    return [...had].flatMap(([title, one]) =>
      has.has(title)
        ? this.between(one, has.get(title), `${place} ${title}`, seen)
        : [`${place} ${title} is gone`],
    );
  }
}
