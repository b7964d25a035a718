import type { Campaign } from "./campaign";
import type { Damage } from "./fault-kind";
import type { MarkedFaults } from "./marked-faults";

export interface StrikeOptions {
  readonly secondsToSettle: number;
  /** Whether a task may end as a dead letter. */
  readonly mayFail?: boolean;
  /** Counts effects once more when the queue has nothing left that could make one. */
  readonly untilQuiet?: boolean;
}

/** Hands in tasks that are to meet faults, lets the service come to rest, and counts the damage. */
export async function strike(
  campaign: Campaign,
  faults: MarkedFaults,
  tasks: number,
  { secondsToSettle, mayFail = false, untilQuiet = false }: StrikeOptions,
): Promise<Damage> {
  const ids = await Promise.all(
    Array.from({ length: tasks }, (_, at) => campaign.accept(faults.message(at))),
  );
  const damage = await campaign.settle(ids, secondsToSettle, 0, mayFail);
  if (untilQuiet) await campaign.queueIsEmpty(secondsToSettle);
  faults.end();
  return { ...damage, ...campaign.duplicatesOf(ids), injected: faults.injected };
}
