import { sweep } from "@serverless-tasks/functions/producer/sweep/sweep";
import { MemorySweepStore } from "@serverless-tasks/functions/producer/testing/memory-sweep-store";
import { createMetrics } from "@serverless-tasks/functions/shared/runtime/metrics";
import { submitTask } from "@serverless-tasks/functions/shared/tasks/submit-task";
import { newTask, type Task } from "@serverless-tasks/functions/shared/tasks/task";
import { newTaskId } from "@serverless-tasks/functions/shared/tasks/task-id";
import { aRecord } from "@serverless-tasks/functions/shared/testing/builders";
import { MemoryTaskQueue } from "@serverless-tasks/functions/shared/testing/memory-task-queue";
import { MemoryTaskRepository } from "@serverless-tasks/functions/shared/testing/memory-task-repository";
import { silentLog } from "@serverless-tasks/functions/shared/testing/silent-log";
import { processBatch } from "@serverless-tasks/functions/worker/batch/process-batch";
import { taskTypeNames } from "@serverless-tasks/functions/worker/handlers";
import { noonDependencies } from "@serverless-tasks/functions/worker/testing/noon-dependencies";
import { randomFrom } from "../../../bench/src/random";

export interface SimulatedWork {
  readonly from: Date;
  readonly minutes: number;
  /** What the functions have written: documents of the embedded metric format. */
  readonly lines: readonly string[];
}

const from = new Date("2026-03-01T12:00:00Z");
const minutes = 60;
const minute = 60_000;
/** SQS does not respond in these minutes, so tasks wait for a sweep. */
const isOutage = (at: number) => at >= 24 && at < 31;
const sameKey = { payloadHash: "same", expiresAt: new Date(from.getTime() + 24 * 60 * minute) };

/**
 * Runs the code of the functions for an hour of a clock of its own, against a queue and a table in memory: tasks of type
 * `echo`, of which some cannot be run, replays of a request, and an outage of SQS.
 * @returns the same lines for the same code
 */
export async function simulateWork(): Promise<SimulatedWork> {
  const random = randomFrom(7);
  const lines: string[] = [];
  let time = from.getTime();
  const now = () => new Date(time);
  const environment = { PROJECT: "tasks", ENVIRONMENT: "simulated" };
  const metrics = createMetrics(environment, taskTypeNames, (line) => void lines.push(line), now);
  const repository = new MemoryTaskRepository(now);
  const queue = new MemoryTaskQueue();
  const dependencies = { repository, queue, log: silentLog, metrics, now };
  const sweepStore = new MemorySweepStore(repository, now);

  for (let at = 0; at < minutes; at++) {
    queue.fails = () => isOutage(at);
    const accepted = 20 + Math.round(10 * Math.sin(at / 6) + 5 * random());
    for (let each = 0; each < accepted; each++) {
      time += Math.floor(minute / accepted / 3);
      // A payload that the type of a newer version accepts, and this one does not.
      const payload: Task["payload"] = random() < 0.05 ? { text: "hello" } : { message: "hello" };
      const idempotency = each % 12 < 2 ? { scope: `${at}-${Math.floor(each / 12)}`, ...sameKey } : undefined;
      const task = newTask(newTaskId(now()), "echo", payload, now());
      await submitTask(task, { requestId: `request-${at}-${each}` }, dependencies, idempotency);
    }
    time = from.getTime() + at * minute + minute / 2;
    await sweep({
      ...{ ...dependencies, sweepStore, remainingMilliseconds: () => minute },
      ...{ redeliverySeconds: 180, messageLifetimeSeconds: 4 * 24 * 3_600 },
    });
    // A sweep sends shard by shard, and the shard of a task follows from its id, which is random.
    const sent = queue.messages.splice(0).sort((one, other) => (one.taskId < other.taskId ? -1 : 1));
    for (const batch of batches(sent)) {
      time += Math.floor(300 + 900 * random());
      await processBatch(
        batch.map((message) => aRecord(message, 5)),
        { maxReceiveCount: 5, deadline: new Date(time + minute) },
        { ...noonDependencies, ...dependencies },
      );
    }
    time = from.getTime() + (at + 1) * minute;
  }
  return { from, minutes, lines };
}

/** Ten messages at a time. */
function* batches<Message>(messages: readonly Message[]): Generator<Message[]> {
  for (let at = 0; at < messages.length; at += 10) yield messages.slice(at, at + 10);
}
