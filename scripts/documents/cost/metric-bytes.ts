import { createMetrics, type Metrics } from "@serverless-tasks/functions/shared/runtime/metrics";
import { taskTypeNames } from "@serverless-tasks/functions/worker/handlers";

const [type = ""] = [...taskTypeNames].sort((a, b) => b.length - a.length);

/** Bytes of the log lines that a function writes as metrics. */
function bytesOf(record: (metrics: Metrics) => void): number {
  let bytes = 0;
  const count = (line: string) => {
    bytes += Buffer.byteLength(line) + 1;
  };
  record(createMetrics({ PROJECT: "serverless-tasks", ENVIRONMENT: "stage" }, taskTypeNames, count));
  return bytes;
}

/** Of a created task. */
export const acceptedBytes = bytesOf((metrics) => {
  metrics.recordOf(type, { TasksAccepted: 1 });
});

/** Of a batch of that many tasks of one type. */
export const batchBytes = (tasks: number): number => {
  const ages = Array.from({ length: Math.round(tasks) }, () => 100);
  return bytesOf((metrics) => {
    metrics.recordOf(type, { AcceptToStart: ages, TasksSucceeded: ages.length, AcceptToDone: ages });
  });
};

/** Of a sweep. */
export const sweepBytes = bytesOf((metrics) => {
  metrics.record({ OutboxOldestSeconds: 0, OutboxDepth: 0, SweepSent: 0 });
});
