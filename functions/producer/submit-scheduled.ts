import { submitTask, type SubmitTaskDependencies } from "../shared/tasks/submit-task";
import { newTask } from "../shared/tasks/task";
import { scheduledTaskId } from "../shared/tasks/task-id";
import type { Origin } from "../shared/tasks/task-repository";
import { traceIdOf } from "../shared/runtime/trace";
import type { ProducerEvent } from "./event";

export interface SubmitScheduledDependencies extends SubmitTaskDependencies {
  readonly now: () => Date;
}

/** Submits the task of a schedule's slot. The rule may fire more than once for a slot; the task is created once. */
export async function submitScheduledTask(
  { schedule, time, type, payload }: Extract<ProducerEvent, { kind: "schedule" }>,
  origin: Omit<Origin, "group">,
  dependencies: SubmitScheduledDependencies,
): Promise<void> {
  const id = scheduledTaskId(schedule, new Date(time));
  const task = newTask(id, type, payload, dependencies.now());
  const { requestId } = origin;
  const log = dependencies.log.with({ requestId, traceId: traceIdOf(origin) });
  const { outcome } = await submitTask(
    task,
    { ...origin, group: `schedule-${schedule}` },
    { ...dependencies, log },
  );
  log.info("scheduled task submitted", { schedule, time, taskId: id, outcome });
}
