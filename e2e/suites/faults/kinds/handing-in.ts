import { claim, outboxMark, unavailable } from "../mutations/protections";
import type { Campaign } from "../campaign";
import type { FaultKind } from "../fault-kind";
import type { Fault } from "../fault-proxy";
import { MarkedFaults } from "../marked-faults";
import { injectFaults } from "../inject-faults";

/** The sweep looks at tasks of 30 s and more. */
const secondsToSettle = 90;
/** The SDK tries as often: a fault that is to be felt must meet every try. */
const tries = 3;

const refusals: readonly Fault[] = [
  { kind: "error", status: 500, type: "InternalFailure" },
  { kind: "error", status: 429, type: "ThrottlingException" },
  { kind: "reset" },
];

/** F4: SQS does not take the message of a task that has been written. */
export const sendFailed: FaultKind = {
  id: "F4",
  what: "SendMessage answered 500, 429 or not at all",
  sizes: { full: 100, small: 4, control: 4 },
  protection: outboxMark,
  run: (campaign, failures) => {
    const faults = new MarkedFaults(campaign, "F4", "SendMessage", tries, (task) =>
      task < failures ? refusals[task % refusals.length] : undefined,
    );
    return injectFaults(campaign, faults, failures * 5, { secondsToSettle });
  },
};

/** F5: SQS takes the message and nobody hears of it: it is sent twice. */
export const sendUnheard: FaultKind = {
  id: "F5",
  what: "SendMessage done, its reply lost",
  sizes: { full: 50, small: 4, control: 6 },
  protection: claim,
  run: (campaign, losses) => {
    const faults = new MarkedFaults(campaign, "F5", "SendMessage", 2, () => ({ kind: "drop reply" }));
    return injectFaults(campaign, faults, losses, { secondsToSettle, untilQuiet: true });
  },
};

/** F6: the API dies with the task written and its message not sent: the client hears nothing, the task is there. */
export const killedBeforeSend: FaultKind = {
  id: "F6",
  what: "API killed between write and send",
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
      broken: missing > 0 ? [`${missing} were never written`] : [],
    };
  },
};

const tableErrors: readonly Fault[] = [
  {
    kind: "error",
    status: 400,
    type: "com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException",
  },
  { kind: "error", status: 500, type: "com.amazonaws.dynamodb.v20120810#InternalServerError" },
];

/**
 * Fails three calls in ten about the tasks of this run, by whichever function, and of three tasks in ten every try to
 * write them: the SDK tries again, and clients would hear of little otherwise.
 */
function throttleTable(campaign: Campaign): { readonly injected: () => number; readonly end: () => void } {
  const own = new Set<string>();
  let calls = 0;
  let injected = 0;
  const end = campaign.proxy.add(({ operation, body }) => {
    const id = /TASK#([0-9A-Z]{26})/.exec(body)?.[1];
    if (id === undefined) return undefined;
    const task = /<F7:(\d+)>/.exec(body)?.[1];
    if (task !== undefined) own.add(id);
    if (!own.has(id)) return undefined;
    calls += 1;
    const isRefused = operation === "PutItem" && Number(task) % 10 < 3;
    if (!isRefused && calls % 10 >= 3) return undefined;
    injected += 1;
    return tableErrors[injected % tableErrors.length];
  });
  return { injected: () => injected, end };
}

/** F7: the table throttles and fails for a while, for everybody. */
export const tableThrottled: FaultKind = {
  id: "F7",
  what: "DynamoDB throttled or failed, 3 calls in 10 for a minute",
  sizes: { full: 250, small: 20, control: 20 },
  protection: unavailable,
  run: async (campaign, wanted) => {
    const table = throttleTable(campaign);
    const end = Date.now() + (wanted * 60_000) / 250;
    const ids: string[] = [];
    const broken = new Set<string>();
    for (let at = 0; table.injected() < wanted || Date.now() < end; at++) {
      const body = { type: "echo", payload: { message: `<F7:${at}>` } };
      const answer = await campaign.call("POST", "/tasks", body);
      const text = await answer.text();
      if (answer.status === 202) ids.push((JSON.parse(text) as { id: string }).id);
      else if (answer.status !== 503) broken.add(`answered ${answer.status}`);
      else if (answer.headers.get("retry-after") === null) broken.add("no Retry-After");
      if (/amazon|dynamodb|tasks-dev|Exception/i.test(text)) broken.add(`told ${text}`);
    }
    table.end();
    const outcome = await campaign.settle(ids, secondsToSettle, table.injected());
    return { ...outcome, broken: [...broken] };
  },
};
