import type { Campaign } from "./campaign";
import type { FaultOutcome } from "./fault-outcome";
import type { MarkedFaults } from "./marked-faults";

export interface InjectOptions {
  readonly secondsToSettle: number;
  /** Whether a task may end as a dead letter. */
  readonly mayFail?: boolean;
  /** Counts effects once more when the queue has nothing left that could make one. */
  readonly untilQuiet?: boolean;
}

/** Creates tasks whose processing meets faults, waits until the service has settled, and counts lost and repeated ones. */
export async function injectFaults(
  campaign: Campaign,
  faults: MarkedFaults,
  tasks: number,
  { secondsToSettle, mayFail = false, untilQuiet = false }: InjectOptions,
): Promise<FaultOutcome> {
  const ids = await Promise.all(
    Array.from({ length: tasks }, (_, at) => campaign.accept(faults.message(at))),
  );
  const outcome = await campaign.settle(ids, secondsToSettle, 0, mayFail);
  if (untilQuiet) await campaign.queueIsEmpty(secondsToSettle);
  faults.end();
  return { ...outcome, ...campaign.duplicatesOf(ids), injected: faults.injected };
}
