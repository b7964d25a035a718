import type { FaultKind } from "../fault-kind";
import { MarkedFaults } from "../marked-faults";
import { lease } from "../mutations/protections";
import { injectFaults } from "../inject-faults";

const options = { secondsToSettle: 150, mayFail: true };

/** F1: a worker is killed after part of its batch. The kill affects all tasks in the batch of the chosen task. */
export const workerKilled: FaultKind = {
  id: "F1",
  description: "worker killed during a batch",
  sizes: { full: 50, small: 3, control: 3 },
  protection: lease,
  run: (campaign, kills) => {
    const tasksPerKill = 20;
    const faults = new MarkedFaults(campaign, "F1", "success", 1, (task) =>
      task % tasksPerKill === 7 ? { kind: "kill", when: "before" } : undefined,
    );
    return injectFaults(campaign, faults, kills * tasksPerKill, options);
  },
};

/** F2: a call gets no response, and the function times out. */
export const workerTimeout: FaultKind = {
  id: "F2",
  description: "worker timed out",
  sizes: { full: 20, small: 2, control: 2 },
  protection: lease,
  run: (campaign, timeouts) => {
    const faults = new MarkedFaults(campaign, "F2", "success", 1, () => ({ kind: "hang" }));
    return injectFaults(campaign, faults, timeouts, options);
  },
};

/** F3: the worker is killed before it records success, after it, and after the response. */
export const workerCrashed: FaultKind = {
  id: "F3",
  description: "worker killed before or after it records success, or after the response",
  sizes: { full: 150, small: 6, control: 3 },
  protection: lease,
  run: (campaign, kills) => {
    const steps = ["before", "after", "responded"] as const;
    const faults = new MarkedFaults(campaign, "F3", "success", 1, (task) => ({
      kind: "kill",
      when: steps[task % steps.length] ?? "before",
    }));
    return injectFaults(campaign, faults, kills, options);
  },
};
