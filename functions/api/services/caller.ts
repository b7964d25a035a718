/** The sender of a request. */
export interface Caller {
  /** Names the request in its response, in logs and in the messages that it leads to. */
  readonly requestId: string;
  /** The scope of the caller's idempotency keys. */
  readonly principal: string;
}
