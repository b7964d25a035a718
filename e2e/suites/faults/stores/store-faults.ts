import type { Fault, FaultRule, ServiceCall } from "../../../../packages/fault-proxy/src/fault-proxy";

/** How the calls of a store are recognized and failed. */
export interface StoreFaults {
  /** @returns a function that removes the rule */
  readonly add: (rule: FaultRule) => () => void;
  /** @param observer is called with each call that the store has performed */
  readonly observe: (observer: (call: ServiceCall) => void) => void;
  /** @param observer is called with each call of which only the store knows whether it was performed */
  readonly observeInDoubt?: (observer: (call: ServiceCall) => void) => void;
  /** Makes the store fail all calls of functions. @returns a function that ends the outage */
  readonly fail: () => Promise<() => void | Promise<void>>;
  /** The operation that creates tasks. */
  readonly creates: string;
  /** The operation that records success: of these, only that one has the task's result, with its mark. */
  readonly records: string;
  /** The task that a call is about. */
  readonly taskOf: (call: ServiceCall) => string | undefined;
  /** The task whose effect a call records. */
  readonly effectOf: (call: ServiceCall) => string | undefined;
  /** Errors of a store that has too much to do, or fails. */
  readonly failures: readonly Fault[];
  /** Another transaction on the same task is in progress. */
  readonly conflict: Fault;
  /** What no response may reveal. */
  readonly internals: string;
}
