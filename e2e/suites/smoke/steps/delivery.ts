import { PutRuleCommand } from "@aws-sdk/client-eventbridge";
import { InvokeCommand } from "@aws-sdk/client-lambda";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { DynamoTaskRepository } from "@serverless-tasks/functions/shared/aws/dynamodb/dynamo-task-repository";
import { messageOf } from "@serverless-tasks/functions/shared/tasks/submit-task";
import { encodeMessage } from "@serverless-tasks/functions/shared/tasks/message";
import { newTask } from "@serverless-tasks/functions/shared/tasks/task";
import { newTaskId, scheduledTaskId } from "@serverless-tasks/functions/shared/tasks/task-id";
import { eventually } from "../../../support/eventually";
import { layerOutputs } from "../../../support/outputs";
import type { E2eEnvironment } from "../../../support/e2e-environment";

/** What happens when something goes wrong on the way. */
export function deliverySteps(e2e: () => E2eEnvironment): void {
  test("a poison message and a hopeless task end as dead letters, their neighbours undisturbed", async () => {
    const poison = "{ this is no message";
    const [hopeless, flaky, neighbour] = await e2e().service.tasks.withFastRetries(async () => {
      await e2e().service.tasks.send(poison);
      const created = await Promise.all([
        e2e().service.api.create("dependency.call", { failures: 100 }),
        e2e().service.api.create("dependency.call", { failures: 2 }),
        e2e().service.api.create("echo", { message: "neighbour" }),
      ]);
      await eventually("two dead letters", 90, async () =>
        (await e2e().service.deadLetters.size()) === 2 ? true : undefined,
      );
      return created;
    });
    expect(await e2e().service.api.until(hopeless.id, "failed")).toMatchObject({
      attempts: 5,
      error: "The dependency did not respond (attempt 5, down for 100)",
    });
    expect(await e2e().service.api.until(flaky.id, "succeeded")).toMatchObject({
      attempts: 3,
      result: { answeredAtAttempt: 3 },
    });
    expect(await e2e().service.api.until(neighbour.id, "succeeded")).toMatchObject({ attempts: 1 });
    const letters = await e2e().service.deadLetters.peek();
    expect(letters).toContain(poison);
    expect(letters).toContainEqual(expect.stringContaining(hopeless.id));
  });

  test("what was accepted and never sent is sent by the sweep", async () => {
    const repository = await repositoryOf(e2e());
    const earlier = new Date(Date.now() - 120_000);
    const orphan = newTask(newTaskId(earlier), "echo", { message: "forgotten" }, earlier);
    await repository.create(orphan, "test");
    expect(await e2e().service.api.until(orphan.id, "succeeded", 90)).toMatchObject({
      result: { message: "forgotten" },
    });
  });

  test("a schedule fires, and a slot is one task however often it fires", async () => {
    const rule = { Name: "tasks-dev-daily-report", State: "ENABLED" } as const;
    await e2e().account.events.send(new PutRuleCommand({ ...rule, ScheduleExpression: "rate(1 minute)" }));
    const fired = await eventually("the schedule's task", 100, async () => {
      const { tasks } = await e2e().service.api.list({ type: "report.summary" });
      return tasks.find(({ payload }) => payload.hours === 24);
    });
    await e2e().account.events.send(new PutRuleCommand({ ...rule, ScheduleExpression: "cron(0 6 * * ? *)" }));
    expect(await e2e().service.api.until(fired.id, "succeeded")).toMatchObject({ attempts: 1 });

    const time = "2026-01-01T06:00:00Z";
    const event = {
      kind: "schedule",
      schedule: "daily-report",
      time,
      type: "report.summary",
      payload: { hours: 24 },
    };
    const fire = () =>
      e2e().account.lambda.send(
        new InvokeCommand({
          FunctionName: "tasks-dev-producer",
          Qualifier: "live",
          Payload: JSON.stringify(event),
        }),
      );
    for (const { FunctionError } of await Promise.all([fire(), fire(), fire()]))
      expect(FunctionError).toBeUndefined();
    expect(
      await e2e().service.api.until(scheduledTaskId("daily-report", new Date(time)), "succeeded"),
    ).toMatchObject({
      attempts: 1,
    });
  });

  test("a failed task is tried again when a client asks, and done when what it needs is back", async () => {
    const { api, tasks } = e2e().service;
    const failed = await tasks.withFastRetries(async () => {
      const { id } = await api.create("dependency.call", { failures: 5 });
      return api.until(id, "failed", 60);
    });
    expect((await api.call("POST", `/tasks/${failed.id}/retry`)).status).toBe(202);
    expect(await api.until(failed.id, "succeeded")).toMatchObject({
      attempts: 6,
      result: { answeredAtAttempt: 6 },
    });
  });

  test("a cancelled task is never run, though its message comes", async () => {
    const { api, tasks } = e2e().service;
    const waiting = newTask(newTaskId(new Date()), "echo", { message: "never" }, new Date());
    await (await repositoryOf(e2e())).create(waiting, "test");
    expect((await api.call("POST", `/tasks/${waiting.id}/cancel`)).status).toBe(200);
    // A second time, by the other call, changes nothing.
    expect((await api.call("DELETE", `/tasks/${waiting.id}`)).status).toBe(200);
    await tasks.send(encodeMessage(messageOf(waiting, "test")));
    await eventually("the message to be done with", 30, async () =>
      (await tasks.size()) === 0 ? true : undefined,
    );
    expect(await api.get(waiting.id)).toMatchObject({ state: "cancelled", attempts: 0 });
  });
}

/** The table as the functions see it, to put something there that no client could. */
async function repositoryOf({ local, account }: E2eEnvironment): Promise<DynamoTaskRepository> {
  const table = (await layerOutputs(local.cloud, local.home, "infra"))("table_name");
  return new DynamoTaskRepository(DynamoDBDocumentClient.from(account.dynamodb), table);
}
