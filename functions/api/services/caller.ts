import type { MaybeTrace } from "../../shared/runtime/trace";

/** The sender of a request, and the request's trace. */
export interface Caller extends MaybeTrace {
  /** Names the request in its response, in logs and in the messages that it leads to. */
  readonly requestId: string;
  /** The scope of the caller's idempotency keys. */
  readonly principal: string;
}
