import { sweepAgeMilliseconds } from "@serverless-tasks/functions/producer/sweep/sweep";
import { decodeTime } from "ulid";
import type { Campaign } from "../campaign";
import type { FaultKind } from "../fault-kind";
import type { FaultOutcome } from "../fault-outcome";
import type { Fault } from "../fault-proxy";
import { outboxMark, requeue } from "../mutations/protections";
import { SweepWatch } from "../sweep-watch";

const refusals: readonly Fault[] = [
  { kind: "error", status: 503, type: "ServiceUnavailable" },
  { kind: "error", status: 500, type: "InternalFailure" },
  { kind: "reset" },
];

/** Sweeps after which all is sent, and what was accepted last, counted from when a sweep looks at it. */
const mostSweeps = 5;
const mostSweepsOfFresh = 2;

async function acceptWhileSqsIsDown(campaign: Campaign, count: number): Promise<string[]> {
  let calls = 0;
  const removeFault = campaign.proxy.add(({ operation }) =>
    operation.startsWith("SendMessage") ? refusals[calls++ % refusals.length] : undefined,
  );
  try {
    return await Promise.all(
      Array.from({ length: count }, (_, at) => campaign.accept(`accepted without SQS: ${at}`)),
    );
  } finally {
    removeFault();
  }
}

/** F23: SQS is down while tasks are accepted; the sweeps after it send each of them once, and soon. */
export const sentAfterOutage: FaultKind = {
  id: "F23",
  what: "SQS down while tasks are accepted, then sweeps",
  sizes: { full: 5_000, small: 60, control: 20 },
  alone: true,
  protection: outboxMark,
  run: async (campaign, tasks): Promise<FaultOutcome> => {
    const ids = await acceptWhileSqsIsDown(campaign, tasks);
    const outageEnd = Date.now();
    const watch = new SweepWatch(campaign.proxy, ids);
    const outcome = await campaign.settle(ids, 60 + tasks / 10, tasks);
    const sweepsOf = (id: string) =>
      watch.sweepsUntilSent(id, Math.max(outageEnd, decodeTime(id) + sweepAgeMilliseconds));
    const fresh = [...ids].sort().slice(-Math.ceil(tasks / 20));
    const late = ids.filter((id) => sweepsOf(id) > mostSweeps);
    const lateFresh = fresh.filter((id) => sweepsOf(id) > mostSweepsOfFresh);
    const again = ids.filter((id) => watch.timesSent(id) > 1);
    return {
      ...outcome,
      broken: [
        ...(late.length > 0 ? [`${late.length} sent after more than ${mostSweeps} sweeps`] : []),
        ...(lateFresh.length > 0
          ? [`${lateFresh.length} fresh ones sent after more than ${mostSweepsOfFresh} sweeps`]
          : []),
        ...(again.length > 0 ? [`${again.length} sent more than once`] : []),
      ],
    };
  },
};

/** F25: the queue is purged with tasks in it; the sweep sends them again when their messages cannot be there any more. */
export const purged: FaultKind = {
  id: "F25",
  what: "queue purged with tasks in it",
  sizes: { full: 100, small: 10, control: 10 },
  alone: true,
  protection: requeue,
  run: (campaign, tasks): Promise<FaultOutcome> => {
    // Days on AWS: what the queue keeps messages for.
    const variables = { MESSAGE_LIFETIME_SECONDS: "5" };
    return campaign.functions.withVariables("producer", variables, async () => {
      const ids = await campaign.functions.withoutDeliveries(async () => {
        const accepted = await Promise.all(
          Array.from({ length: tasks }, (_, at) => campaign.accept(`purged: ${at}`)),
        );
        await campaign.service.tasks.purge();
        return accepted;
      });
      return campaign.settle(ids, 120, tasks);
    });
  },
};
