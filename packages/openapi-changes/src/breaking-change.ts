/** Keywords of a JSON schema that limit a value from below and from above. */
export const lowerLimits = ["minimum", "minLength", "minItems"] as const;
export const upperLimits = ["maximum", "maxLength", "maxItems"] as const;

type Limit = (typeof lowerLimits | typeof upperLimits)[number];

/** A change between two schemas, parameters, bodies or responses. */
export interface Change {
  readonly code:
    | "operation-removed"
    | "parameter-removed"
    | "parameter-required"
    | "body-required"
    | "media-type-removed"
    | "response-removed"
    | "header-removed"
    | "property-removed"
    | "property-required"
    | "property-optional"
    | "alternative-removed"
    | "value-rejected"
    | "value-added"
    | "type-changed"
    | "const-changed"
    | "pattern-changed"
    | `${Limit}-tightened`;
  /** "query limit", "body book/note", "response 200[]/state"; empty for the operation itself. */
  readonly location: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** A change that breaks clients of an operation, such as "GET /tasks". */
export interface BreakingChange extends Change {
  readonly operation: string;
}

/** A line: "GET /tasks, query limit: maximum tightened (100 → 50)". */
export function describeChange({ code, operation, location, before, after }: BreakingChange): string {
  const values = [before, after].map((value) => (value === undefined ? "none" : JSON.stringify(value)));
  return [
    operation,
    location === "" ? "" : `, ${location}`,
    `: ${code.replace(/-/g, " ")}`,
    before === undefined && after === undefined ? "" : ` (${values.join(" → ")})`,
  ].join("");
}
