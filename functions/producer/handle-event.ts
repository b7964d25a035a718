import { handIn, messageOf, type HandInDependencies } from "../shared/hand-in";
import { newTask } from "../shared/task";
import { scheduledTaskId } from "../shared/task-id";
import type { ProducerEvent } from "./event";

export interface ProducerDependencies extends HandInDependencies {
  /** When the queue delivers a message again that nobody has done. */
  readonly redeliverySeconds: number;
  readonly now: () => Date;
}

/** Younger tasks may still be on their way through the function that accepted them. */
export const sweepAgeMilliseconds = 30_000;

/** As many as one invocation sends well within its timeout; what is left over is the next sweep's. */
export const sweepLimit = 1_000;

/**
 * A task whose worker died would have been begun again by then, if its message were not a dead letter: the message comes
 * again after one visibility timeout, and about as long after each delivery that gave it back for the task to run alone.
 */
const redeliveriesUntilAbandoned = 4;

/** Does what a rule asks for. */
export const handleEvent = (event: ProducerEvent, requestId: string, dependencies: ProducerDependencies) =>
  event.kind === "sweep" ? sweep(dependencies) : handInScheduled(event, requestId, dependencies);

/** Hands in the task of a schedule's slot, once, however often the rule fires for it. */
async function handInScheduled(
  { schedule, time, type, payload }: Extract<ProducerEvent, { kind: "schedule" }>,
  requestId: string,
  dependencies: ProducerDependencies,
): Promise<void> {
  const id = scheduledTaskId(schedule, new Date(time));
  const task = newTask(id, type, payload, dependencies.now());
  const { outcome } = await handIn(task, requestId, dependencies);
  dependencies.log.info("handed in", { schedule, time, taskId: id, outcome });
}

/** Sends again what was accepted and is not known to be sent, and ends what was begun and abandoned for good. */
async function sweep({
  repository,
  queue,
  log,
  now,
  redeliverySeconds,
}: ProducerDependencies): Promise<void> {
  if (repository === undefined) return;
  const acceptedBefore = new Date(now().getTime() - sweepAgeMilliseconds);
  const unsent = await repository.unsent(acceptedBefore, sweepLimit);
  const messages = unsent.map(({ task, requestId }) => messageOf(task, requestId));
  const sent = await queue.sendAll(messages);
  await Promise.all(sent.map((message) => repository.markSent(message)));

  const leaseEndedBefore = new Date(now().getTime() - redeliveriesUntilAbandoned * redeliverySeconds * 1000);
  const abandoned = await repository.failAbandoned(
    leaseEndedBefore,
    "The worker ended in the middle of the last attempt",
  );
  log.info("swept", { unsent: unsent.length, sent: sent.length, abandoned });
}
