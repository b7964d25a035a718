export interface ProblemType {
  readonly status: number;
  /** The cause. */
  readonly title: string;
  /** What the client can do. */
  readonly description?: string;
  /** When clients may send the request again. */
  readonly retryAfterSeconds?: number;
}

/**
 * The problem types of the API: `/problems/<code>`. Clients branch on them, so a code is never renamed or reused. The
 * OpenAPI document lists them, and `GET /problems/{code}` returns one.
 */
export const problemTypes = {
  "invalid-utf8": { status: 400, title: "The body or the query string is not valid UTF-8." },
  "invalid-json": { status: 400, title: "The body is not valid JSON." },
  "invalid-header": { status: 400, title: "A header is not valid.", description: "See errors." },
  "wrong-origin": {
    status: 403,
    title: "The request did not come through the address of the service.",
    description: "Use the URL of the service's domain name.",
  },
  "task-not-found": { status: 404, title: "The task does not exist." },
  "resource-not-found": { status: 404, title: "The resource does not exist." },
  "method-not-allowed": {
    status: 405,
    title: "The resource does not support the method.",
    description: "See the Allow header.",
  },
  "idempotency-request-in-progress": {
    status: 409,
    title: "Another request with the same Idempotency-Key is in progress.",
    description: "Send the request again later.",
    retryAfterSeconds: 1,
  },
  "task-not-cancellable": { status: 409, title: "Only a pending or queued task can be cancelled." },
  "task-not-retryable": { status: 409, title: "Only a failed task can be retried." },
  "body-too-large": { status: 413, title: "The body is too large." },
  "task-too-large": {
    status: 413,
    title: "The task is too large.",
    description: "See errors.",
  },
  "unsupported-media-type": {
    status: 415,
    title: "The body is not application/json in UTF-8, or it is compressed.",
  },
  "invalid-request": {
    status: 422,
    title: "The request does not match its schema.",
    description: "See errors.",
  },
  "unstorable-payload": {
    status: 422,
    title: "The payload cannot be stored without a change.",
    description: "See errors.",
  },
  "idempotency-key-mismatch": {
    status: 422,
    title: "The Idempotency-Key was used for another request.",
    description: "Use a new key for a new request.",
  },
  "rate-limited": {
    status: 429,
    title: "The caller has sent too many requests.",
    description: "Send the request again after Retry-After seconds.",
  },
  "internal-error": { status: 500, title: "The service failed." },
  "unreadable-task": {
    status: 500,
    title: "This version of the service cannot read the stored task.",
  },
  "persistence-disabled": { status: 501, title: "This environment does not store tasks." },
  "idempotency-unavailable": {
    status: 501,
    title: "This environment does not store idempotency keys.",
    description: "Send the request without Idempotency-Key.",
  },
  "service-unavailable": {
    status: 503,
    title: "The service is temporarily unavailable.",
    description: "Send the request again later.",
    retryAfterSeconds: 5,
  },
} as const satisfies Record<string, ProblemType>;

export type ProblemCode = keyof typeof problemTypes;

export const isProblemCode = (value: string): value is ProblemCode => Object.hasOwn(problemTypes, value);

/** The `type` of a problem: where the API documents it. */
export const problemTypeUri = (code: ProblemCode) => `/problems/${code}` as const;
