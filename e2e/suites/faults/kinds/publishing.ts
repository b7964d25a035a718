import * as z from "zod";
import { claim, outboxMark, unavailable } from "../mutations/protections";
import type { Campaign } from "../campaign";
import type { FaultKind } from "../fault-kind";
import type { Fault } from "../../../../packages/fault-proxy/src/fault-proxy";
import { MarkedFaults } from "../marked-faults";
import { injectFaults } from "../inject-faults";
import { problemsOfFailure, revealed } from "./failed-call";

/** The sweep publishes tasks that are at least 30 s old. */
const secondsToSettle = 90;
/** Attempts of the SDK: a call fails when all of them fail. */
const sdkAttempts = 3;

const sqsErrors: readonly Fault[] = [
  { kind: "error", status: 500, type: "InternalFailure" },
  { kind: "error", status: 429, type: "ThrottlingException" },
  { kind: "reset" },
];

/** F4: SQS rejects the message of a task that has been written. */
export const sendFailed: FaultKind = {
  id: "F4",
  description: "SendMessage fails with 500, 429 or a reset",
  sizes: { full: 100, small: 4, control: 4 },
  protection: outboxMark,
  run: (campaign, failures) => {
    const faults = new MarkedFaults(campaign, "F4", "SendMessage", sdkAttempts, (task) =>
      task < failures ? sqsErrors[task % sqsErrors.length] : undefined,
    );
    return injectFaults(campaign, faults, failures * 5, { secondsToSettle });
  },
};

/** F5: the response of SQS is lost, so that the message is sent twice. */
export const sendReplyLost: FaultKind = {
  id: "F5",
  description: "response of SendMessage lost",
  sizes: { full: 50, small: 4, control: 6 },
  protection: claim,
  run: (campaign, losses) => {
    const faults = new MarkedFaults(campaign, "F5", "SendMessage", 2, () => ({ kind: "drop response" }));
    return injectFaults(campaign, faults, losses, { secondsToSettle, untilEmpty: true });
  },
};

/** F6: the API is killed after it has written the task, and before it sends the message. */
export const apiKilledBeforeSend: FaultKind = {
  id: "F6",
  description: "API killed between write and send",
  sizes: { full: 50, small: 2, control: 2 },
  protection: outboxMark,
  run: async (campaign, kills) => {
    const faults = new MarkedFaults(campaign, "F6", "SendMessage", 1, () => ({
      kind: "kill",
      when: "before",
    }));
    const body = (at: number) => ({ type: "echo", payload: { message: faults.message(at) } });
    for (let at = 0; at < kills; at++) {
      await campaign.call("POST", "/tasks", body(at)).catch(() => undefined);
    }
    const ids = await campaign.idsOfMessages(
      new Set(Array.from({ length: kills }, (_, at) => faults.message(at))),
    );
    const outcome = await campaign.settle(ids, secondsToSettle, 0);
    faults.end();
    const missing = kills - ids.length;
    return {
      ...outcome,
      injected: faults.injected,
      violations: missing > 0 ? [`${missing} tasks were not written`] : [],
    };
  },
};

const created = z.object({ id: z.string() });

/**
 * Fails three of ten calls of all functions about the tasks of this run, and all writes of three of ten new tasks, since
 * calls are repeated and the API would return few errors otherwise.
 */
function throttleStore({ store }: Campaign): { readonly injected: () => number; readonly end: () => void } {
  const own = new Set<string>();
  let calls = 0;
  let injected = 0;
  const end = store.add((call) => {
    const { operation, body } = call;
    const id = store.taskOf(call);
    if (id === undefined) return undefined;
    const task = /<F7:(\d+)>/.exec(body)?.[1];
    if (task !== undefined) own.add(id);
    if (!own.has(id)) return undefined;
    calls += 1;
    const isFailedWrite = operation === store.creates && Number(task) % 10 < 3;
    if (!isFailedWrite && calls % 10 >= 3) return undefined;
    injected += 1;
    return store.failures[injected % store.failures.length];
  });
  return { injected: () => injected, end };
}

/** F7: the store throttles and fails calls of all functions for a time. */
export const storeThrottled: FaultKind = {
  id: "F7",
  description: "store throttles or fails 3 of 10 calls for a minute",
  sizes: { full: 250, small: 20, control: 20 },
  protection: unavailable,
  run: async (campaign, faults) => {
    const throttled = throttleStore(campaign);
    const end = Date.now() + (faults * 60_000) / 250;
    const ids: string[] = [];
    const violations = new Set<string>();
    const violate = (problem: string) => violations.add(problem);
    for (let at = 0; throttled.injected() < faults || Date.now() < end; at++) {
      const body = { type: "echo", payload: { message: `<F7:${at}>` } };
      const response = await campaign.call("POST", "/tasks", body);
      const content = await response.text();
      if (response.status === 202) ids.push(created.parse(JSON.parse(content)).id);
      else problemsOfFailure(response).forEach(violate);
      revealed(campaign, content).forEach(violate);
    }
    throttled.end();
    const outcome = await campaign.settle(ids, secondsToSettle, throttled.injected());
    return { ...outcome, violations: [...violations] };
  },
};
