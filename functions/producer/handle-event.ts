import { submitTask, type SubmitTaskDependencies } from "../shared/tasks/submit-task";
import { newTask } from "../shared/tasks/task";
import { scheduledTaskId } from "../shared/tasks/task-id";
import type { ProducerEvent } from "./event";
import { sweep, type SweepDependencies } from "./sweep/sweep";
import type { SweepStore } from "./sweep/sweep-store";

export interface ProducerDependencies
  extends SubmitTaskDependencies, Omit<SweepDependencies, "repository" | "queue" | "sweepStore" | "log"> {
  /** Undefined when persistence is off. */
  readonly sweepStore: SweepStore | undefined;
}

/** Handles the event of a rule. */
export const handleEvent = (event: ProducerEvent, requestId: string, dependencies: ProducerDependencies) =>
  event.kind === "sweep"
    ? sweepTable(event, dependencies)
    : submitScheduledTask(event, requestId, dependencies);

async function sweepTable(
  { queuedBefore }: Extract<ProducerEvent, { kind: "sweep" }>,
  { repository, sweepStore, ...dependencies }: ProducerDependencies,
): Promise<void> {
  if (repository === undefined || sweepStore === undefined) return;
  await sweep(
    { ...dependencies, repository, sweepStore },
    queuedBefore === undefined ? undefined : new Date(queuedBefore),
  );
}

/** Submits the task of a schedule's slot. The rule may fire more than once for a slot; the task is created once. */
async function submitScheduledTask(
  { schedule, time, type, payload }: Extract<ProducerEvent, { kind: "schedule" }>,
  requestId: string,
  dependencies: ProducerDependencies,
): Promise<void> {
  const id = scheduledTaskId(schedule, new Date(time));
  const task = newTask(id, type, payload, dependencies.now());
  const { outcome } = await submitTask(task, requestId, dependencies);
  dependencies.log.info("scheduled task submitted", { schedule, time, taskId: id, outcome });
}
