import { FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { newTask } from "@serverless-tasks/functions/shared/tasks/task";
import { newTaskId } from "@serverless-tasks/functions/shared/tasks/task-id";
import { canariesIn, canaryOf } from "@serverless-tasks/functions/shared/testing/canary";
import * as z from "zod";
import type { E2eEnvironment } from "../../../support/e2e-environment";
import { eventually } from "../../../support/eventually";
import { testWith } from "../../../support/example-test";
import { loggedLines } from "../../../support/logs";
import { devPrefix } from "../../../support/names";

const functionNames = ["api", "worker", "producer"] as const;
const document = z.looseObject({ _aws: z.object({ Timestamp: z.number() }), Type: z.string().optional() });
type Document = z.output<typeof document>;
const line = z.looseObject({ message: z.string(), traceId: z.string(), taskId: z.string().optional() });

/** Metrics, traces, and what the log does not have. */
export function observabilitySteps(e2e: () => E2eEnvironment): void {
  const linesOf = async (name: string): Promise<string[]> => {
    const { events = [] } = await e2e().account.logs.send(
      new FilterLogEventsCommand({ logGroupName: `/aws/lambda/${devPrefix}-${name}` }),
    );
    return events.map(({ message = "" }) => message);
  };

  /** Waits until a function has written a document with these metrics, of a type or of the service. */
  const documentWith = (
    name: string,
    since: number,
    metrics: readonly string[],
    type?: string,
  ): Promise<Document> =>
    eventually(`${name} has written ${metrics.join()} of ${type ?? "the service"}`, 120, async () =>
      (await linesOf(name))
        .filter((text) => text.includes('"CloudWatchMetrics"'))
        .map((text) => document.parse(JSON.parse(text)))
        .find(
          (found) =>
            found._aws.Timestamp >= since &&
            found.Type === type &&
            metrics.every((metric) => metric in found),
        ),
    );

  const traceOf = async (name: string, traceId: string) =>
    (await loggedLines(e2e().account.logs, `${devPrefix}-${name}`, traceId))
      .split("\n")
      .map((text) => line.parse(JSON.parse(text)));

  test("a request's trace id is in the log lines of API and worker, its metrics are written, and no input of it is", async () => {
    const { api } = e2e().service;
    const since = Date.now();
    const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
    const inputs = ["e2e header", "e2e query", "e2e body", "e2e key"];
    const [header = "", query = "", body = "", key = ""] = inputs.map(canaryOf);
    const headers = {
      ...{ traceparent: `00-${traceId}-00f067aa0ba902b7-01`, authorization: header, "user-agent": header },
      ...{ "x-custom": header, cookie: header, "idempotency-key": key },
    };
    const post = () =>
      api.call("POST", `/tasks?${query}=${query}`, { type: "echo", payload: { message: body } }, headers);
    const { id } = z.object({ id: z.string() }).parse(await (await post()).json());
    await api.until(id, "succeeded");
    // A replay has the trace of its own request.
    expect((await post()).status).toBe(202);

    for (const name of ["api", "worker"]) {
      const lines = await traceOf(name, traceId);
      expect(new Set(lines.map((each) => each.traceId))).toEqual(new Set([traceId]));
    }
    expect(await traceOf("worker", traceId)).toContainEqual(expect.objectContaining({ taskId: id }));

    expect(await documentWith("api", since, ["TasksAccepted"], "echo")).toMatchObject({
      ...{ TasksAccepted: 1, Service: e2e().local.cloud.config.core.project, Environment: "dev" },
    });
    const done = await documentWith(
      "worker",
      since,
      ["TasksSucceeded", "AcceptToStart", "AcceptToDone"],
      "echo",
    );
    expect(Number(done.AcceptToDone)).toBeGreaterThanOrEqual(Number(done.AcceptToStart));
    await documentWith("api", since, ["IdempotentReplays"]);

    const all = (await Promise.all(functionNames.map(linesOf))).flat().join("\n");
    expect(all).toContain(id);
    expect(canariesIn(all, inputs)).toEqual([]);
  });

  test("a malformed trace does not fail a request", async () => {
    const { api } = e2e().service;
    const headers = { traceparent: "00-\u00ff;drop", "x-amzn-trace-id": "Root=;=;\u00ff" };
    const response = await api.call(
      "POST",
      "/tasks",
      { type: "echo", payload: { message: "hello" } },
      headers,
    );
    expect(response.status).toBe(202);
  });

  test("the trace of a task that the sweep publishes is in the log lines of producer and worker, and the sweep's metrics are written", async () => {
    const { api, repository } = e2e().service;
    const earlier = new Date(Date.now() - 120_000);
    const traceId = "5759e988bd862e3fe1be46a994272793";
    const unpublished = newTask(newTaskId(earlier), "echo", { message: "swept" }, earlier);
    const traceparent = `00-${traceId}-53995c3f42cd8ad8-01`;
    await repository.create(unpublished, { requestId: "test", traceparent });
    await api.until(unpublished.id, "succeeded", 120);
    for (const name of ["producer", "worker"])
      expect(await traceOf(name, traceId)).toContainEqual(
        expect.objectContaining({ taskId: unpublished.id }),
      );
    const sweep = await documentWith("producer", earlier.getTime(), [
      "OutboxOldestSeconds",
      "OutboxDepth",
      "SweepSent",
    ]);
    expect(Number(sweep.OutboxDepth)).toBeGreaterThanOrEqual(0);
  });

  testWith("dependency.call")("a task that fails is counted by its type", async () => {
    const since = Date.now();
    const { id } = await e2e().service.api.create("dependency.call", { failures: 1, permanent: true });
    await e2e().service.api.until(id, "failed", 30);
    const failed = await documentWith("worker", since, ["AttemptsFailed", "TasksFailed"], "dependency.call");
    expect(failed).toMatchObject({ AttemptsFailed: 1, TasksFailed: 1 });
  });
}
