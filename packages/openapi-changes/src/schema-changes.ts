import * as z from "zod";

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

const lowerLimits = ["minimum", "minLength", "minItems"] as const;
const upperLimits = ["maximum", "maxLength", "maxItems"] as const;

/** Finds breaking changes between two schemas, each with its location. */
export class SchemaChanges {
  constructor(
    private readonly before: (ref: string) => unknown,
    private readonly after: (ref: string) => unknown,
    private readonly direction: Direction,
  ) {}

  between(before: unknown, after: unknown, context: string, seen: readonly string[] = []): string[] {
    const old = schema.parse(before ?? {});
    const now = schema.parse(after ?? {});
    if (old.$ref !== undefined && now.$ref !== undefined) {
      if (seen.includes(old.$ref)) return [];
      return this.between(this.before(old.$ref), this.after(now.$ref), context, [...seen, old.$ref]);
    }
    if (old.$ref !== undefined) return this.between(this.before(old.$ref), now, context, seen);
    if (now.$ref !== undefined) return this.between(old, this.after(now.$ref), context, seen);
    return [
      ...this.values(old, now, context),
      ...this.properties(old, now, context, seen),
      ...(old.items === undefined ? [] : this.between(old.items, now.items, `${context}[]`, seen)),
      ...this.alternatives(old, now, context, seen),
    ];
  }

  /** Request values must not be restricted, response values must not be extended. */
  private values(old: Schema, now: Schema, context: string): string[] {
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
      ...["type", "const"].filter(differs).map((name) => `${context}: ${name} is another one`),
      ...(isRequest && now.pattern !== undefined && differs("pattern")
        ? [`${context}: pattern is another one`]
        : []),
      ...beyond.map((value) =>
        isRequest ? `${context}: ${String(value)} is refused` : `${context}: ${String(value)} may come`,
      ),
      ...[...tightened(lowerLimits, (a, b) => b > a), ...tightened(upperLimits, (a, b) => b < a)].map(
        (name) => `${context}: ${name} is tighter`,
      ),
    ];
  }

  private properties(old: Schema, now: Schema, context: string, seen: readonly string[]): string[] {
    const [had, has] = [old.properties ?? {}, now.properties ?? {}];
    const [needed, needs] = [old.required ?? [], now.required ?? []];
    const gone = Object.keys(had).filter((name) => !(name in has));
    const demanded = this.direction === "request" ? needs.filter((name) => !needed.includes(name)) : [];
    const unsure =
      this.direction === "response" ? needed.filter((name) => name in has && !needs.includes(name)) : [];
    return [
      ...gone.map((name) => `${context}/${name} is gone`),
      ...demanded.map((name) => `${context}/${name} is required`),
      ...unsure.map((name) => `${context}/${name} may be missing`),
      ...Object.keys(had)
        .filter((name) => name in has)
        .flatMap((name) => this.between(had[name], has[name], `${context}/${name}`, seen)),
    ];
  }

  /** Alternatives are identified by title, such as the name of a task type. */
  private alternatives(old: Schema, now: Schema, context: string, seen: readonly string[]): string[] {
    const byTitle = (list: readonly unknown[] = []) =>
      new Map(list.map((one) => [schema.parse(one).title ?? JSON.stringify(one), one]));
    const [had, has] = [byTitle(old.oneOf), byTitle(now.oneOf)];
    return [...had].flatMap(([title, one]) =>
      has.has(title)
        ? this.between(one, has.get(title), `${context} ${title}`, seen)
        : [`${context} ${title} is gone`],
    );
  }
}
