import * as z from "zod";
import { eventually } from "../../../support/eventually";
import { testWith } from "../../../support/example-test";
import { expectSuccess, script } from "../../../support/command";
import type { E2eEnvironment } from "../../../support/e2e-environment";
import { jsonCommands } from "../../../support/json-commands";
import { canSeeProcesses } from "../../../support/processes";

const counters = z.object({
  accepted: z.number(),
  done: z.number(),
  lost: z.number(),
  duplicated: z.number(),
  injected: z.number(),
});

/** Runs `inject` in the local cloud. */
function inject({ local }: E2eEnvironment, faults: string, tasks: number) {
  const env = { ...process.env, LOCAL_CLOUD_HOME: local.home.folder, LOCAL_CLOUD_TOOLS: local.home.tools };
  return script(env, "inject", "dev", faults, "--tasks", String(tasks), "--json");
}

/** Commands of operators that need to know where tasks are stored. */
export function storeOperatorSteps(e2e: () => E2eEnvironment): void {
  const { outputOf } = jsonCommands(e2e);

  testWith("dependency.call")("dlq counts dead letters by the reasons of their tasks", async () => {
    const { api, deadLetters } = e2e().service;
    const payload = { failures: 100, permanent: true };
    const { id } = await api.create("dependency.call", payload);
    await api.until(id, "failed", 30);
    await eventually("the dead letter is sent", 30, async () =>
      (await deadLetters.peek()).some((body) => body.includes(id)) ? true : undefined,
    );
    const reason = "The dependency has rejected the call";
    expect(await outputOf("dlq", "dev", "peek", "--id", id)).toMatchObject([{ id, reason }]);
    const listed = ["dlq", "dev", "list", "--id", id] as const;
    const group = { type: "dependency.call", reason, count: 1 };
    expect(await outputOf(...listed, "--reason", "has rejected")).toMatchObject([group]);
    expect(await outputOf(...listed, "--reason", "another reason")).toEqual([]);
    expect(await outputOf("dlq", "dev", "purge", "--reason", "has rejected", "--id", id)).toEqual({
      deleted: 1,
    });
  });

  test("inject throttles the store and kills workers; no task is lost and none has two effects", async () => {
    const kinds = ["throttle-table", ...(canSeeProcesses ? ["kill-worker"] : [])];
    const injected = await inject(e2e(), kinds.join(","), 30);
    expectSuccess(injected);
    const { accepted, ...found } = counters.parse(JSON.parse(injected.stdout));
    expect(accepted).toBeGreaterThan(0);
    expect(found).toMatchObject({ done: accepted, lost: 0, duplicated: 0 });
    // A task is at least four statements, of which a fifth is refused.
    expect(found.injected).toBeGreaterThan(5);
    const { id } = await e2e().service.api.create("echo", { message: "after faults" });
    await e2e().service.api.until(id, "succeeded", 60);
  });
}

/** The same without a store. */
export function noStoreOperatorSteps(e2e: () => E2eEnvironment): void {
  test("inject is refused with the reason, and creates no task", async () => {
    const { exitCode, stdout } = await inject(e2e(), "throttle-table", 3);
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      error: { happened: expect.stringContaining("tasks are not stored") as string },
    });
  });
}
