import { sweepAgeMilliseconds } from "@serverless-tasks/functions/producer/sweep/sweep";
import { decodeTime } from "ulid";
import type { Campaign } from "../campaign";
import type { FaultKind } from "../fault-kind";
import type { FaultOutcome } from "../fault-outcome";
import type { Fault } from "../../../../packages/fault-proxy/src/fault-proxy";
import { outboxMark, requeue } from "../mutations/protections";
import { SweepObserver } from "../sweep-observer";

const sqsErrors: readonly Fault[] = [
  { kind: "error", status: 503, type: "ServiceUnavailable" },
  { kind: "error", status: 500, type: "InternalFailure" },
  { kind: "reset" },
];

/** Sweeps after which all tasks are sent. */
const maxSweeps = 5;
/** Sweeps after which the newest tasks are sent, of those that started when the tasks were old enough. */
const maxSweepsForNewest = 2;

async function createDuringOutage(campaign: Campaign, count: number): Promise<string[]> {
  let calls = 0;
  const removeFault = campaign.proxy.add(({ operation }) =>
    operation.startsWith("SendMessage") ? sqsErrors[calls++ % sqsErrors.length] : undefined,
  );
  try {
    return await Promise.all(
      Array.from({ length: count }, (_, at) => campaign.createTask(`created during an outage: ${at}`)),
    );
  } finally {
    removeFault();
  }
}

/** F23: SQS fails while tasks are created; the sweeps after the outage send each of them once. */
export const sqsOutage: FaultKind = {
  id: "F23",
  description: "SQS outage while tasks are created",
  sizes: { full: 5_000, small: 60, control: 20 },
  exclusive: true,
  protection: outboxMark,
  run: async (campaign, tasks): Promise<FaultOutcome> => {
    const ids = await createDuringOutage(campaign, tasks);
    const outageEnd = Date.now();
    const observer = new SweepObserver(campaign.proxy, ids);
    const outcome = await campaign.settle(ids, 60 + tasks / 10, tasks);
    const sweepsOf = (id: string) =>
      observer.sweepsUntilSent(id, Math.max(outageEnd, decodeTime(id) + sweepAgeMilliseconds));
    const newest = [...ids].sort().slice(-Math.ceil(tasks / 20));
    const late = ids.filter((id) => sweepsOf(id) > maxSweeps);
    const lateNewest = newest.filter((id) => sweepsOf(id) > maxSweepsForNewest);
    const again = ids.filter((id) => observer.timesSent(id) > 1);
    return {
      ...outcome,
      violations: [
        ...(late.length > 0 ? [`${late.length} tasks sent after more than ${maxSweeps} sweeps`] : []),
        ...(lateNewest.length > 0
          ? [`${lateNewest.length} of the newest tasks sent after more than ${maxSweepsForNewest} sweeps`]
          : []),
        ...(again.length > 0 ? [`${again.length} tasks sent more than once`] : []),
      ],
    };
  },
};

/** F25: the queue is purged; the sweep sends the tasks again after the retention period of the queue. */
export const queuePurged: FaultKind = {
  id: "F25",
  description: "queue purged",
  sizes: { full: 100, small: 10, control: 10 },
  exclusive: true,
  protection: requeue,
  run: (campaign, tasks): Promise<FaultOutcome> => {
    // On AWS, the retention period of the queue: days.
    const variables = { MESSAGE_LIFETIME_SECONDS: "5" };
    return campaign.functions.withVariables("producer", variables, async () => {
      const ids = await campaign.functions.withoutDeliveries(async () => {
        const created = await Promise.all(
          Array.from({ length: tasks }, (_, at) => campaign.createTask(`purged: ${at}`)),
        );
        await campaign.service.tasks.purge();
        return created;
      });
      return campaign.settle(ids, 120, tasks);
    });
  },
};
