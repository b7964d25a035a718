import type * as z from "zod/mini";
import "../shared/messages-in-english";

/** One thing that is wrong with a request: where (a JSON pointer, or `?name` for a query parameter) and what. */
export interface ProblemError {
  readonly pointer: string;
  readonly detail: string;
}

/** An answer other than success, as RFC 9457 has it. */
export class Problem extends Error {
  override readonly name = "Problem";

  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    readonly more: {
      readonly errors?: readonly ProblemError[];
      readonly headers?: Readonly<Record<string, string>>;
      /** What a client may branch on; unless given, the status says all. */
      readonly type?: string;
    } = {},
  ) {
    super(detail);
  }
}

/** When a client may try again after an answer of 503. */
const retryAfterSeconds = 5;

export const notUtf8 = () => new Problem(400, "Bad Request", "The request is not valid UTF-8.");

export const malformedJson = () => new Problem(400, "Bad Request", "The body is not valid JSON.");

export const noSuchTask = (id: string) => new Problem(404, "Not Found", `There is no task ${id}.`);

export const noSuchResource = () => new Problem(404, "Not Found", "There is nothing at this path.");

export const methodNotAllowed = (allow: string) =>
  new Problem(405, "Method Not Allowed", `This path answers ${allow}.`, { headers: { Allow: allow } });

/** @param error of the headers' schema */
export const badHeader = ({ issues }: z.core.$ZodError) =>
  new Problem(
    400,
    "Bad Request",
    issues.map(({ path, message }) => `Header ${path.map(String).join(".")}: ${message}`).join("; "),
  );

export const inProgress = () =>
  new Problem(
    409,
    "Conflict",
    "A request with this Idempotency-Key is being accepted right now. Send it again later.",
    { headers: { "Retry-After": "1" } },
  );

export const conflict = (detail: string) => new Problem(409, "Conflict", detail);

export const tooLarge = (limitBytes: number) =>
  new Problem(413, "Content Too Large", `A task may have ${limitBytes} bytes at most.`);

export const unsupportedMediaType = () =>
  new Problem(
    415,
    "Unsupported Media Type",
    "The body must be JSON in UTF-8: Content-Type: application/json.",
  );

/**
 * @param where the place that SQS or DynamoDB cannot hold, or the limit that it exceeds
 */
export const unstorable = (where: ProblemError, isTooLarge: boolean) =>
  isTooLarge
    ? new Problem(413, "Content Too Large", "The task is too large; see errors.", { errors: [where] })
    : invalid([where]);

/** Places that a problem names, and their text in UTF-16 units: a response has 6 MB, and a client mends the first ones. */
const mostErrors = 100;
const longestErrors = 256 * 1024;

function invalid(all: Iterable<ProblemError>): Problem {
  const errors: ProblemError[] = [];
  let [length, what] = [0, "errors"];
  for (const error of all) {
    length += error.pointer.length + error.detail.length;
    if (errors.length > 0 && (errors.length === mostErrors || length > longestErrors)) {
      what = "errors, which are the first of more";
      break;
    }
    errors.push(error);
  }
  return new Problem(422, "Unprocessable Content", `The request does not fit its schema; see ${what}.`, {
    errors,
  });
}

export const keyUsedOtherwise = () =>
  new Problem(
    422,
    "Unprocessable Content",
    "This Idempotency-Key came with another body before. Use a new key for a new request.",
  );

export const internal = () => new Problem(500, "Internal Server Error", "Something went wrong here.");

/** Not a 503: to send the request again does not help. */
export const unreadableTask = () =>
  new Problem(500, "Internal Server Error", "The task is stored in a form that this version cannot read.", {
    type: "urn:problem:unreadable-task",
  });

const howToStore =
  "Tasks are not stored in this environment. To turn storage on, set table.enabled = true in " +
  "deploy/20_infra/environments/<environment>/terraform.tfvars and deploy.";

export const needsTable = () => new Problem(501, "Not Implemented", howToStore);

export const keyNeedsTable = () =>
  new Problem(501, "Not Implemented", `An Idempotency-Key cannot be kept. ${howToStore}`);

export const unavailable = () =>
  new Problem(503, "Service Unavailable", "This cannot be done right now. Try again later.", {
    headers: { "Retry-After": String(retryAfterSeconds) },
  });

/** The problem for a part of a request that its schema refuses. */
export const fromZod = (error: z.core.$ZodError, pointerOf: (path: readonly PropertyKey[]) => string) =>
  invalid(errorsOf(error, pointerOf));

/**
 * The problem for query parameters that their schema refuses.
 * @param query as it came
 */
export const fromQuery = (error: z.core.$ZodError, query: unknown) =>
  invalid(
    Array.from(errorsOf(error, queryPointer), ({ pointer, detail }) => ({
      pointer,
      detail: isRepeated(query, pointer.slice(1)) ? `${detail}; ${onlyOnce}` : detail,
    })),
  );

const onlyOnce = "expected the parameter once (the HTTP API joins repeated ones with commas)";

function isRepeated(query: unknown, name: string): boolean {
  const value: unknown = new Map(Object.entries(query ?? {})).get(name);
  return Array.isArray(value) || (typeof value === "string" && value.includes(","));
}

/** One by one, since there may be as many as the body has bytes, each with a pointer that is as long. */
function* errorsOf(
  { issues }: z.core.$ZodError,
  pointerOf: (path: readonly PropertyKey[]) => string,
): Generator<ProblemError> {
  for (const issue of issues) {
    if (issue.code !== "unrecognized_keys") yield { pointer: pointerOf(issue.path), detail: issue.message };
    else
      for (const key of issue.keys)
        yield { pointer: pointerOf([...issue.path, key]), detail: "This key is not known here." };
  }
}

const queryPointer = (path: readonly PropertyKey[]) => `?${path.map(String).join(".")}`;
