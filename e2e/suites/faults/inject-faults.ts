import type { Campaign } from "./campaign";
import type { FaultOutcome } from "./fault-outcome";
import type { MarkedFaults } from "./marked-faults";

export interface InjectOptions {
  readonly secondsToSettle: number;
  /** Whether a task may end as a dead letter. */
  readonly mayFail?: boolean;
  /** Waits until the queue is empty before it counts effects. */
  readonly untilEmpty?: boolean;
}

/** Creates tasks, some with faults, waits until all have ended, and counts the lost ones and their effects. */
export async function injectFaults(
  campaign: Campaign,
  faults: MarkedFaults,
  tasks: number,
  { secondsToSettle, mayFail = false, untilEmpty = false }: InjectOptions,
): Promise<FaultOutcome> {
  const ids = await Promise.all(
    Array.from({ length: tasks }, (_, at) => campaign.createTask(faults.message(at))),
  );
  const outcome = await campaign.settle(ids, secondsToSettle, 0, mayFail);
  if (untilEmpty) await campaign.queueIsEmpty(secondsToSettle);
  faults.end();
  return { ...outcome, ...campaign.duplicatesOf(ids), injected: faults.injected };
}
