import { noon } from "../shared/testing/builders";
import { MemoryTaskQueue } from "../shared/testing/memory-task-queue";
import { MemoryTaskRepository } from "../shared/testing/memory-task-repository";
import { silentLog } from "../shared/testing/silent-log";
import { submitScheduledTask } from "./submit-scheduled";

const now = () => noon;
let repository: MemoryTaskRepository;
let queue: MemoryTaskQueue;
beforeEach(() => {
  repository = new MemoryTaskRepository(now);
  queue = new MemoryTaskQueue();
});

const fire = (time: string, schedule = "daily", requestId = "request-1") =>
  submitScheduledTask(
    { kind: "schedule", schedule, time, type: "report.summary", payload: { hours: 24 } },
    requestId,
    { repository, queue, log: silentLog, now },
  );

test("a schedule's slot is one task, however often its rule fires and however late within the minute", async () => {
  for (const second of ["00", "07", "59"])
    await fire(`2026-03-01T06:00:${second}Z`, "daily", `event-${second}`);
  expect(repository.entries.size).toBe(1);
  expect(queue.messages).toHaveLength(1);
});

test("another slot, or another schedule, is another task", async () => {
  await fire("2026-03-01T06:00:00Z");
  await fire("2026-03-02T06:00:00Z");
  await fire("2026-03-01T06:00:00Z", "weekly");
  expect(repository.entries.size).toBe(3);
});
