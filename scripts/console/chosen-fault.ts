import type { FaultName } from "../../packages/console/src/model";
import type { Fault, ServiceCall } from "../../packages/fault-proxy/src/fault-proxy";
import type { FaultyStore } from "./faulty-store";

/** Shares of the calls that get a fault. */
const shares = { sqs: 0.3, table: 0.2, kill: 0.2 } as const;

const internalError: Fault = { kind: "error", status: 500, type: "InternalFailure" };

/** The fault of a call, of those that are active; random, so that a repeated call succeeds. */
export function chooseFault(
  call: ServiceCall,
  active: readonly FaultName[],
  store: FaultyStore,
  random: () => number = Math.random,
): Fault | undefined {
  const happens = (share: number) => random() < share;
  const has = (name: FaultName) => active.includes(name);
  if (has("kill worker") && store.effectOf(call) !== undefined && happens(shares.kill))
    return { kind: "kill", when: happens(0.5) ? "before" : "after" };
  if (has("fail SQS") && call.operation.startsWith("SendMessage") && happens(shares.sqs))
    return internalError;
  if (has("throttle table") && store.isCall(call) && happens(shares.table)) return store.throttled;
  return undefined;
}
