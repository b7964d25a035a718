import { createLogger } from "../runtime/logger";
import { forgetSecrets } from "../runtime/mask-secrets";
import { createMetrics, type Metrics } from "../runtime/metrics";
import { awsTraceHeaderOf } from "../runtime/trace";
import { canaryOf } from "./canary";
import type { MemoryTaskRepository } from "./memory-task-repository";

/**
 * No input may be in a log line, a metric, a trace attribute or a stored error. Allowed: the payload on the task and on its
 * message, and its result, which are data; the error that a handler throws, and names of members that its result has; ids
 * that the service or AWS chose; a trace's id.
 */
export const inputs = [
  ...["authorization", "cookie", "if-none-match", "idempotency-key", "traceparent", "x-amzn-trace-id"],
  ...[
    "tracestate",
    "user-agent",
    "x-forwarded-for",
    "x-request-id",
    "content-type",
    "x-custom",
    "header name",
  ],
  ...["path", "query name", "query value", "body", "body member", "type", "principal"],
  ...["environment", "secret", "message", "message type", "event"],
];
export const canary = (input: string) => {
  if (!inputs.includes(input)) throw new Error(`Expected ${input} in the list of inputs`);
  return canaryOf(input);
};

const environment = {
  ...{ PROJECT: "tasks", ENVIRONMENT: "test", SERVICE_NAME: "test" },
  LOG_LEVEL: "DEBUG" as const,
};
export const observedLog = () => createLogger(environment);

/** What the functions write during a test, from `start` to `stop`. */
export class ObservedOutput {
  readonly written: string[] = [];

  start(): void {
    this.written.length = 0;
    // Powertools has a console of its own otherwise.
    process.env.POWERTOOLS_DEV = "true";
    process.env.CANARY = canary("environment");
    const note = (...[line]: unknown[]) => void this.written.push(String(line));
    for (const method of ["debug", "info", "warn", "error", "log"] as const)
      jest.spyOn(console, method).mockImplementation(note);
  }

  stop(): void {
    delete process.env.POWERTOOLS_DEV;
    delete process.env.CANARY;
    jest.restoreAllMocks();
    forgetSecrets();
  }

  metrics(types: readonly { readonly name: string }[]): Metrics {
    return createMetrics(
      environment,
      types.map(({ name }) => name),
      (line) => void this.written.push(line),
    );
  }

  /** All that was written, with the stored errors and the traces of tasks. */
  with({ entries }: MemoryTaskRepository): string {
    const stored = [...entries.values()].flatMap(({ task, origin }) => [
      task.error ?? "",
      origin.traceparent ?? "",
      awsTraceHeaderOf(origin) ?? "",
    ]);
    return [...this.written, ...stored].join("\n");
  }
}
