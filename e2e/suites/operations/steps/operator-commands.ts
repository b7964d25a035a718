import { SendMessageCommand } from "@aws-sdk/client-sqs";
import { scheduledTaskId } from "@serverless-tasks/functions/shared/tasks/task-id";
import * as z from "zod";
import { script } from "../../../support/command";
import type { E2eEnvironment } from "../../../support/e2e-environment";
import { eventually } from "../../../support/eventually";
import { jsonCommands } from "../../../support/json-commands";
import { devPrefix } from "../../../support/names";
import { RunningScript } from "../../../support/running-script";

const changed = z.object({ selected: z.number(), changed: z.number(), skipped: z.number() });

/** `tasks`, `logs`, `status` and the dead letters of events. */
export function operatorSteps(e2e: () => E2eEnvironment): void {
  const { cli, outputOf } = jsonCommands(e2e);
  /** A command in a process of its own, with its lines on standard output. */
  const start = (command: string, ...parameters: string[]) => {
    const script = new RunningScript(e2e().local.cloud, command, ...parameters, "--aws");
    return {
      lines: () => script.standardOutput.split("\n").slice(0, -1),
      end: async (signal: NodeJS.Signals) => {
        script.signal(signal);
        return (await script.ended()).exitCode;
      },
    };
  };

  test("tasks retry selects by filter, is killed half-way, and repeated retries each task once", async () => {
    const { api, repository } = e2e().service;
    // The first attempt fails for good, the second one succeeds.
    const payload = { failures: 1, permanent: true };
    const ids = await Promise.all(
      Array.from({ length: 6 }, async () => (await api.create("dependency.call", payload)).id),
    );
    for (const id of ids) await api.until(id, "failed", 120);
    const revisions = () => Promise.all(ids.map(async (id) => (await repository.get(id))?.revision));
    const filter = ["dev", "--state", "failed", "--type", "dependency.call"];

    const counted = changed.parse(await outputOf("tasks", "retry", ...filter));
    expect(counted.selected).toBeGreaterThanOrEqual(6);
    expect([counted.changed, await revisions()]).toEqual([0, Array(6).fill(1)]);

    const retry = start("tasks", "retry", ...filter, "--rate", "1", "--yes");
    await eventually("some of the tasks are retried", 120, async () =>
      (await revisions()).includes(2) ? true : undefined,
    );
    await retry.end("SIGKILL");
    const half = await revisions();
    expect(half).toContain(1);
    const rest = changed.parse(await outputOf("tasks", "retry", ...filter, "--yes"));
    expect(rest.changed).toBeGreaterThanOrEqual(half.filter((revision) => revision === 1).length);
    for (const id of ids) await api.until(id, "succeeded", 120);
    expect(await revisions()).toEqual(Array(6).fill(2));
    const attempts = await Promise.all(ids.map(async (id) => (await repository.get(id))?.attempts));
    expect(attempts).toEqual(Array(6).fill(2));
  });

  test("tasks get, list and cancel; logs of the task only; what does not exist is refused", async () => {
    const { api } = e2e().service;
    const { id } = await api.create("echo", { message: "operated" });
    await api.until(id, "succeeded", 60);
    expect(await outputOf("tasks", "get", "dev", id)).toMatchObject({ id, state: "succeeded" });
    const listed = await outputOf("tasks", "list", "dev", "--type", "echo", "--limit", "3");
    expect(listed).toContainEqual(expect.objectContaining({ id }));
    expect((await cli("tasks", "cancel", "dev", id)).exitCode).toBe(1);
    expect((await cli("tasks", "get", "dev", "01ARZ3NDEKTSV4RRFFQ69G5FAV")).exitCode).toBe(1);
    expect((await cli("tasks", "list", "nowhere")).exitCode).toBe(2);

    const { stdout } = await cli("logs", "dev", "--task", id, "--since", "15m", "--no-follow");
    const lines = stdout.trim().split("\n");
    expect(lines.some((line) => line.includes("task succeeded"))).toBe(true);
    expect(lines.filter((line) => !line.includes(id))).toEqual([]);
  });

  test("logs follows the functions until Ctrl-C", async () => {
    const logs = start("logs", "dev", "--level", "info", "--json");
    try {
      const id = await eventually("a line of a new task is printed", 120, async () => {
        const task = await e2e().service.api.create("echo", { message: "followed" });
        await e2e().service.api.until(task.id, "succeeded", 60);
        return logs.lines().some((line) => line.includes(task.id)) ? task.id : undefined;
      });
      expect(id).toBeDefined();
    } finally {
      expect(await logs.end("SIGINT")).toBe(0);
    }
  });

  test("status prints the layers' deployments, and repeats with --watch", async () => {
    const time = expect.stringMatching(/^\d{4}-/) as string;
    expect(await outputOf("status", "dev")).toMatchObject({
      deployments: ["core", "infra", "app"].map((name) => ({ name, at: time })),
      alarms: expect.any(Array) as unknown[],
    });
    const watch = start("status", "dev", "--watch", "--json");
    await eventually("two lines are printed", 120, () =>
      Promise.resolve(watch.lines().filter((line) => line.startsWith("{")).length >= 2 ? true : undefined),
    );
    expect(await watch.end("SIGINT")).toBe(0);
  });

  test("an event's dead letter is redriven to the producer, and creates the task of its slot once", async () => {
    const { account, local, service } = e2e();
    const { accountId, endpoint } = local.cloud.target;
    const slot = new Date("2026-01-31T12:00:00.000Z");
    const event = {
      ...{ kind: "schedule", schedule: "missed", time: slot.toISOString() },
      ...{ type: "echo", payload: { message: "late" } },
    };
    const record = {
      ...{ version: "1.0", requestContext: { condition: "RetriesExhausted" }, requestPayload: event },
      responsePayload: { errorMessage: "SQS was down" },
    };
    const id = scheduledTaskId("missed", slot);
    for (let time = 1; time <= 2; time++) {
      await account.sqs.send(
        new SendMessageCommand({
          QueueUrl: `${endpoint}/${accountId}/${devPrefix}-events-dlq`,
          MessageBody: JSON.stringify(record),
        }),
      );
      expect(await outputOf("dlq", "dev", "list", "--queue", "events", "--id", "missed")).toMatchObject([
        { type: "echo", reason: "SQS was down", count: 1 },
      ]);
      const redriven = await outputOf("dlq", "dev", "redrive", "--queue", "events", "--id", "missed");
      expect(redriven).toEqual({ moved: 1 });
      expect(await service.api.until(id, "succeeded", 60)).toMatchObject({ attempts: 1, revision: 1 });
    }
  });

  test.each([
    ["tasks", "list", "prod"],
    ["dlq", "prod", "list"],
    ["logs", "prod", "--no-follow"],
    ["backup", "create", "prod"],
    ["restore", "prod", "--backup", "latest"],
  ])("%s %s %s fails where the environment is not deployed", async (name, ...parameters) => {
    // The account of prod in this emulator is empty.
    const { env } = e2e().local.cloud;
    const prod = { ...env, AWS_ACCESS_KEY_ID: "333333333333" };
    const { exitCode, stderr } = await script(prod, name, ...parameters, "--aws");
    expect([exitCode, stderr]).toEqual([1, expect.stringMatching(/deploy|There is no backup/)]);
    expect(stderr).not.toContain("    at ");
  });
}
