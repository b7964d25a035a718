import type * as z from "zod/mini";
import "../../shared/runtime/zod-locale";
import { problemTypes, type ProblemCode, type ProblemType } from "./problem-types";

/** One error in a request. */
export interface ProblemError {
  /** A JSON pointer into the body, `?name` for a query parameter, or the name of a header. */
  readonly pointer: string;
  readonly detail: string;
}

interface Occurrence {
  /** The description of the problem's type, or its title, unless given. */
  readonly detail?: string;
  readonly errors?: readonly ProblemError[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** A problem of RFC 9457, which the API sends as its response. */
export class Problem extends Error {
  override readonly name = "Problem";

  constructor(
    readonly code: ProblemCode,
    readonly occurrence: Occurrence = {},
  ) {
    const { title, description = title }: ProblemType = problemTypes[code];
    super(occurrence.detail ?? description);
  }
}

export const methodNotAllowed = (allow: string) =>
  new Problem("method-not-allowed", { headers: { Allow: allow } });

/** @param error of the headers' schema */
export const invalidHeader = (error: z.core.$ZodError) =>
  new Problem("invalid-header", { errors: [...errorsOf(error, nameOf)] });

/** The problem for a body that its schema refuses. */
export const invalidBody = (error: z.core.$ZodError, pointerOf: PointerOf) =>
  invalidRequest(errorsOf(error, pointerOf));

/**
 * The problem for query parameters that their schema refuses.
 * @param query as received
 */
export const invalidQuery = (error: z.core.$ZodError, query: unknown) =>
  invalidRequest(
    Array.from(
      errorsOf(error, (path) => `?${nameOf(path)}`),
      ({ pointer, detail }) => ({
        pointer,
        detail: isRepeated(query, pointer.slice(1)) ? `${detail}; ${onlyOnce}` : detail,
      }),
    ),
  );

/** Limits of `errors`: a response of Lambda has 6 MB, and a client fixes the first errors first. In UTF-16 units. */
const maxErrors = 100;
const maxErrorsLength = 256 * 1024;

function invalidRequest(all: Iterable<ProblemError>): Problem {
  const errors: ProblemError[] = [];
  let length = 0;
  for (const error of all) {
    length += error.pointer.length + error.detail.length;
    if (errors.length > 0 && (errors.length === maxErrors || length > maxErrorsLength)) break;
    errors.push(error);
  }
  return new Problem("invalid-request", { errors });
}

const onlyOnce = "expected the parameter once (the HTTP API joins repeated parameters with commas)";

function isRepeated(query: unknown, name: string): boolean {
  const value: unknown = new Map(Object.entries(query ?? {})).get(name);
  return Array.isArray(value) || (typeof value === "string" && value.includes(","));
}

type PointerOf = (path: readonly PropertyKey[]) => string;

const nameOf: PointerOf = (path) => path.map(String).join(".");

/** A generator, because there may be as many errors as the body has bytes, each with a pointer of that length. */
function* errorsOf({ issues }: z.core.$ZodError, pointerOf: PointerOf): Generator<ProblemError> {
  for (const issue of issues) {
    if (issue.code !== "unrecognized_keys") yield { pointer: pointerOf(issue.path), detail: issue.message };
    else
      for (const key of issue.keys)
        yield { pointer: pointerOf([...issue.path, key]), detail: "Unrecognized key" };
  }
}
