import type { FaultKind } from "../fault-kind";
import { MarkedFaults } from "../marked-faults";
import { lease } from "../mutations/protections";
import { injectFaults } from "../inject-faults";

const ending = { secondsToSettle: 150, mayFail: true };

/** F1: a worker is killed with part of its batch done; each kill hits whatever is in the batch with the chosen task. */
export const killedMidBatch: FaultKind = {
  id: "F1",
  what: "worker killed in the middle of a batch",
  sizes: { full: 50, small: 3, control: 3 },
  protection: lease,
  run: (campaign, kills) => {
    const tasksOfAKill = 20;
    const faults = new MarkedFaults(campaign, "F1", "TransactWriteItems", 1, (task) =>
      task % tasksOfAKill === 7 ? { kind: "kill", when: "before" } : undefined,
    );
    return injectFaults(campaign, faults, kills * tasksOfAKill, ending);
  },
};

/** F2: a call hangs, and the function runs into its timeout. */
export const ranIntoTimeout: FaultKind = {
  id: "F2",
  what: "worker ran into its timeout",
  sizes: { full: 20, small: 2, control: 2 },
  protection: lease,
  run: (campaign, timeouts) => {
    const faults = new MarkedFaults(campaign, "F2", "TransactWriteItems", 1, () => ({ kind: "hang" }));
    return injectFaults(campaign, faults, timeouts, ending);
  },
};

/** F3: the worker dies before its transaction, after it, and with its answer in hand. */
export const crashedAtEachStep: FaultKind = {
  id: "F3",
  what: "worker crashed before, in and after its transaction",
  sizes: { full: 150, small: 6, control: 3 },
  protection: lease,
  run: (campaign, crashes) => {
    const steps = ["before", "after", "answered"] as const;
    const faults = new MarkedFaults(campaign, "F3", "TransactWriteItems", 1, (task) => ({
      kind: "kill",
      when: steps[task % steps.length] ?? "before",
    }));
    return injectFaults(campaign, faults, crashes, ending);
  },
};
