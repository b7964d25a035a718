import { PutRuleCommand } from "@aws-sdk/client-eventbridge";
import { InvokeCommand } from "@aws-sdk/client-lambda";
import { messageOf } from "@serverless-tasks/functions/shared/tasks/submit-task";
import { encodeMessage } from "@serverless-tasks/functions/shared/tasks/message";
import { newTask } from "@serverless-tasks/functions/shared/tasks/task";
import { newTaskId, scheduledTaskId } from "@serverless-tasks/functions/shared/tasks/task-id";
import { eventually } from "../../../support/eventually";
import { testWith } from "../../../support/example-test";
import type { E2eEnvironment } from "../../../support/e2e-environment";
import { devPrefix } from "../../../support/names";

/** Delivery of tasks that fail, and of messages that are late, repeated or invalid. */
export function deliverySteps(e2e: () => E2eEnvironment): void {
  testWith("dependency.call")(
    "a message that cannot be parsed and a task that always fails end in the dead-letter queue; other tasks succeed",
    async () => {
      const { api, tasks, deadLetters } = e2e().service;
      const invalid = "{ not JSON";
      const before = await deadLetters.size();
      const [failing, recovering, succeeding] = await tasks.withFastRetries(async () => {
        await tasks.send(invalid);
        const created = await Promise.all([
          api.create("dependency.call", { failures: 100 }),
          api.create("dependency.call", { failures: 2 }),
          api.create("echo", { message: "other" }),
        ]);
        await eventually("the dead-letter queue has two more messages", 90, async () =>
          (await deadLetters.size()) === before + 2 ? true : undefined,
        );
        return created;
      });
      expect(await api.until(failing.id, "failed")).toMatchObject({
        attempts: 5,
        error: "The dependency did not respond (attempt 5, down for 100)",
      });
      expect(await api.until(recovering.id, "succeeded")).toMatchObject({
        attempts: 3,
        result: { answeredAtAttempt: 3 },
      });
      expect(await api.until(succeeding.id, "succeeded")).toMatchObject({ attempts: 1 });
      const bodies = await deadLetters.peek();
      expect(bodies).toContain(invalid);
      expect(bodies).toContainEqual(expect.stringContaining(failing.id));
    },
  );

  test("a task that its handler ends is failed at once, with one dead letter, and succeeds when that is moved back", async () => {
    const { api, deadLetters, tasks } = e2e().service;
    const before = await deadLetters.size();
    const { id } = await api.create("dependency.call", { failures: 1, permanent: true });
    expect(await api.until(id, "failed", 15)).toMatchObject({
      attempts: 1,
      error: "The dependency has rejected the call",
    });
    const body = await eventually("the dead letter is sent", 10, async () =>
      (await deadLetters.peek()).find((each) => each.includes(id)),
    );
    await eventually("its message is deleted", 10, async () =>
      (await tasks.size()) === 0 ? true : undefined,
    );
    expect(await deadLetters.size()).toBe(before + 1);
    // As the redrive command does, but only this one.
    await tasks.send(body);
    expect(await api.until(id, "succeeded", 30)).toMatchObject({ attempts: 2 });
  });

  test("the sweep publishes a task whose message was never sent", async () => {
    const { api, repository } = e2e().service;
    const earlier = new Date(Date.now() - 120_000);
    const unpublished = newTask(newTaskId(earlier), "echo", { message: "unpublished" }, earlier);
    await repository.create(unpublished, { requestId: "test" });
    expect(await api.until(unpublished.id, "succeeded", 90)).toMatchObject({
      result: { message: "unpublished" },
    });
  });

  test("a schedule creates a task, and only one for a slot, however often its rule fires", async () => {
    const { api } = e2e().service;
    const [schedule] = Object.entries(e2e().local.cloud.config.infra.schedules);
    if (schedule === undefined) throw new Error("Expected a schedule in the tfvars of dev, found none");
    const [name, { expression, enabled, type, payload }] = schedule;
    const setRule = (ScheduleExpression: string, State: "ENABLED" | "DISABLED") =>
      e2e().account.events.send(
        new PutRuleCommand({ Name: `${devPrefix}-${name}`, ScheduleExpression, State }),
      );
    const earlier = (await api.list({ type, limit: 100 })).tasks.map(({ id }) => id);
    await setRule("rate(1 minute)", "ENABLED");
    const fired = await eventually("the schedule has created a task", 100, async () => {
      const { tasks } = await api.list({ type });
      return tasks.find(({ id }) => !earlier.includes(id));
    });
    await setRule(expression, enabled ? "ENABLED" : "DISABLED");
    expect(fired.payload).toEqual(payload);
    expect(await api.until(fired.id, "succeeded")).toMatchObject({ attempts: 1 });

    const time = "2026-01-01T06:00:00Z";
    const event = { kind: "schedule", schedule: name, time, type, payload };
    const fire = () =>
      e2e().account.lambda.send(
        new InvokeCommand({
          FunctionName: `${devPrefix}-producer`,
          Qualifier: "live",
          Payload: JSON.stringify(event),
        }),
      );
    for (const { FunctionError } of await Promise.all([fire(), fire(), fire()]))
      expect(FunctionError).toBeUndefined();
    expect(await api.until(scheduledTaskId(name, new Date(time)), "succeeded")).toMatchObject({
      attempts: 1,
    });
  });

  testWith("dependency.call")("a failed task succeeds after a retry by the client", async () => {
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

  test("a cancelled task is not run when its message is delivered", async () => {
    const { api, tasks, repository } = e2e().service;
    const cancelled = newTask(newTaskId(new Date()), "echo", { message: "cancelled" }, new Date());
    await repository.create(cancelled, { requestId: "test" });
    expect((await api.call("POST", `/tasks/${cancelled.id}/cancel`)).status).toBe(200);
    // DELETE is an alias, and a second cancellation changes nothing.
    expect((await api.call("DELETE", `/tasks/${cancelled.id}`)).status).toBe(200);
    await tasks.send(encodeMessage(messageOf(cancelled, { requestId: "test" })));
    await eventually("the queue is empty", 30, async () => ((await tasks.size()) === 0 ? true : undefined));
    expect(await api.get(cancelled.id)).toMatchObject({ state: "cancelled", attempts: 0 });
  });
}
