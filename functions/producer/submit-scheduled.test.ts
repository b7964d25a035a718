import { noon } from "../shared/testing/builders";
import { MemoryTaskQueue } from "../shared/testing/memory-task-queue";
import { MemoryTaskRepository } from "../shared/testing/memory-task-repository";
import { recordedMetrics } from "../shared/testing/recorded-metrics";
import { silentLog } from "../shared/testing/silent-log";
import { submitScheduledTask } from "./submit-scheduled";

const now = () => noon;
let repository: MemoryTaskRepository;
let queue: MemoryTaskQueue;
let recorded: ReturnType<typeof recordedMetrics>;
beforeEach(() => {
  repository = new MemoryTaskRepository(now);
  queue = new MemoryTaskQueue();
  recorded = recordedMetrics(["report.summary"]);
});

const traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
const fire = (time: string, schedule = "daily", requestId = "request-1") =>
  submitScheduledTask(
    { kind: "schedule", schedule, time, type: "report.summary", payload: { hours: 24 } },
    { requestId, traceparent },
    { repository, queue, log: silentLog, metrics: recorded.metrics, now },
  );

test("a schedule's slot is one task, however often its rule fires and however late within the minute", async () => {
  for (const second of ["00", "07", "59"])
    await fire(`2026-03-01T06:00:${second}Z`, "daily", `event-${second}`);
  expect(repository.entries.size).toBe(1);
  expect(queue.messages).toMatchObject([{ traceparent }]);
  expect(recorded.documents()).toMatchObject([{ Type: "report.summary", TasksAccepted: 1 }]);
});

test("another slot, or another schedule, is another task", async () => {
  await fire("2026-03-01T06:00:00Z");
  await fire("2026-03-02T06:00:00Z");
  await fire("2026-03-01T06:00:00Z", "weekly");
  expect(repository.entries.size).toBe(3);
});
