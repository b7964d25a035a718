import { PutMetricDataCommand, SetAlarmStateCommand } from "@aws-sdk/client-cloudwatch";
import { GetItemCommand } from "@aws-sdk/client-dynamodb";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as z from "zod";
import { DrillSubscriber } from "../../../../packages/cloudwatch-alarms/src/drill-subscriber";
import type { E2eEnvironment } from "../../../support/e2e-environment";
import { eventually } from "../../../support/eventually";
import { testWith } from "../../../support/example-test";
import { jsonCommands } from "../../../support/json-commands";
import { devPrefix } from "../../../support/names";
import { alarmTopic, enableAlarms } from "./alarms";

const listed = z.array(z.object({ name: z.string(), state: z.string() }));

/** Incidents from the alarm to the last task, handled by the commands of the runbooks. */
export function incidentSteps(e2e: () => E2eEnvironment): void {
  const { cli, outputOf } = jsonCommands(e2e);
  const dlq = (...parameters: string[]) => outputOf("dlq", "dev", ...parameters);
  const name = (queue: string) => `${devPrefix}-${queue}`;

  /** The emulator has no metrics of queues: the queue's own figure is put into the metric. */
  const putMetric = async (metric: string, queue: string, value: number, minutesAgo = 0) => {
    const Timestamp = new Date(Date.now() - minutesAgo * 60_000);
    const Dimensions = [{ Name: "QueueName", Value: name(queue) }];
    const MetricData = [{ MetricName: metric, Dimensions, Value: value, Timestamp }];
    await e2e().account.cloudwatch.send(new PutMetricDataCommand({ Namespace: "AWS/SQS", MetricData }));
  };
  /** Runs work with a subscriber of an alarm, which an earlier step may have driven. */
  const withSubscriber = async (alarm: string, work: (subscriber: DrillSubscriber) => Promise<void>) => {
    await enableAlarms(e2e());
    const { cloudwatch, sqs, sns } = e2e().account;
    const ok = { AlarmName: name(alarm), StateValue: "OK", StateReason: "a test begins" } as const;
    await cloudwatch.send(new SetAlarmStateCommand(ok));
    const subscriber = await DrillSubscriber.open(sqs, sns, await alarmTopic(e2e()), `${devPrefix}-`);
    try {
      await work(subscriber);
    } finally {
      await subscriber.close();
    }
  };
  /** How often the result of a task was recorded. */
  const effectsOf = async (id: string) => {
    const { dynamodb } = e2e().account;
    const Key = { pk: { S: `TASK#${id}` }, sk: { S: "TASK" } };
    const { Item } = await dynamodb.send(new GetItemCommand({ TableName: name("tasks"), Key }));
    return Item?.effects?.N;
  };

  testWith("dependency.call")(
    "a poison message: the alarm reaches a subscriber, its dead letter is read, refused with an invalid payload, and done once with a corrected one",
    async () => {
      const { api, deadLetters } = e2e().service;
      const reason = "The dependency has rejected the call";
      const payload = { failures: 100, permanent: true };
      let id = "";
      await withSubscriber("tasks-dlq-not-empty", async (subscriber) => {
        ({ id } = await api.create("dependency.call", payload));
        await api.until(id, "failed", 15);
        await eventually("the dead letter is sent", 10, async () =>
          (await deadLetters.peek()).some((body) => body.includes(id)) ? true : undefined,
        );
        await putMetric("ApproximateNumberOfMessagesVisible", "tasks-dlq", await deadLetters.size());
        expect(await subscriber.waitFor(name("tasks-dlq-not-empty"), 30_000)).toMatchObject({
          NewStateValue: "ALARM",
        });
        expect(await subscriber.waitFor(name("events-dlq-not-empty"), 3_000)).toBeUndefined();
      });
      const alarms = listed.parse(await outputOf("alarms", "list", "dev"));
      const states = new Map(alarms.map((alarm) => [alarm.name, alarm.state]));
      expect(states.get(name("tasks-dlq-not-empty"))).toBe("ALARM");
      expect(states.get(name("infra-unhealthy"))).toBe("ALARM");

      const group = { type: "dependency.call", reason };
      expect(await dlq("list", "--reason", "has rejected")).toContainEqual(
        expect.objectContaining({ ...group, count: expect.any(Number) as number }),
      );
      const [letter] = [await dlq("peek", "--id", id)].flat();
      expect(letter).toMatchObject({ id, ...group });

      const folder = mkdtempSync(join(tmpdir(), "payload-"));
      const file = join(folder, "payload.json");
      try {
        writeFileSync(file, JSON.stringify({ failures: "none" }));
        const refused = await cli("dlq", "dev", "redrive", "--id", id, "--payload", file);
        expect(refused.exitCode).toBe(2);
        expect(refused.stderr).toContain("does not match the schema of dependency.call");
        expect(await dlq("peek", "--id", id)).toHaveLength(1);

        writeFileSync(file, JSON.stringify({ failures: 0 }));
        expect(await dlq("redrive", "--id", id, "--payload", file)).toEqual({ moved: 1 });
      } finally {
        rmSync(folder, { recursive: true });
      }
      // The payload that the client sent would have failed again.
      expect(await api.until(id, "succeeded", 30)).toMatchObject({ attempts: 2, payload });
      expect(await effectsOf(id)).toBe("1");
      expect((await cli("dlq", "dev", "redrive", "--id", id)).exitCode).toBe(1);
    },
  );

  test("a backlog: the alarm reaches a subscriber, the worker is paused and resumed, and each task is done once", async () => {
    const { api, tasks } = e2e().service;
    const reason = "a test of the backlog";
    const worker = { kind: "mapping", name: name("worker") };
    const paused = expect.objectContaining({ reason }) as object;
    const ids: string[] = [];
    await withSubscriber("tasks-oldest-message", async (subscriber) => {
      // The alarm needs three of five minutes.
      for (const minutes of [4, 3, 2, 1, 0])
        await putMetric("ApproximateAgeOfOldestMessage", "tasks", 86_400, minutes);
      expect(await subscriber.waitFor(name("tasks-oldest-message"), 30_000)).toMatchObject({
        NewStateValue: "ALARM",
      });
      expect(await outputOf("pause", "dev", reason)).toContainEqual({ ...worker, enabled: false, paused });
      try {
        for (const at of [1, 2, 3]) ids.push((await api.create("echo", { message: `backlog ${at}` })).id);
        await eventually("the messages wait in the queue", 20, async () =>
          (await tasks.size()) >= ids.length ? true : undefined,
        );
        expect(await outputOf("status", "dev")).toMatchObject({
          sources: expect.arrayContaining([{ ...worker, enabled: false, paused }]) as object,
        });
      } finally {
        expect(await outputOf("resume", "dev")).toContainEqual({ ...worker, enabled: true });
      }
    });
    for (const id of ids) {
      expect(await api.until(id, "succeeded", 30)).toMatchObject({ attempts: 1 });
      expect(await effectsOf(id)).toBe("1");
    }
  });
}
