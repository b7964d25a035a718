import {
  GetAliasCommand,
  GetFunctionConfigurationCommand,
  ListVersionsByFunctionCommand,
} from "@aws-sdk/client-lambda";
import { functionNames } from "@serverless-tasks/functions/service";
import { naming } from "../../../../deploy/shared/naming";
import { canSeeProcesses } from "../../../support/processes";
import { eventually } from "../../../support/eventually";
import type { ConsoleSuite } from "../console-suite";

/** Faults. */
export function faultSteps(suite: () => ConsoleSuite): void {
  const { lambda } = { lambda: () => suite().e2e.account.lambda };
  const configurations = () =>
    Promise.all(
      functionNames.map(async (name) => {
        const FunctionName = naming(suite().e2e.local.cloud.config)(name);
        const { Timeout, Environment } = await lambda().send(
          new GetFunctionConfigurationCommand({ FunctionName, Qualifier: "live" }),
        );
        const { FunctionVersion } = await lambda().send(new GetAliasCommand({ FunctionName, Name: "live" }));
        const { Versions = [] } = await lambda().send(new ListVersionsByFunctionCommand({ FunctionName }));
        return {
          name,
          Timeout,
          Environment,
          FunctionVersion,
          versions: Versions.map(({ Version }) => Version),
        };
      }),
    );

  test("under faults no task is lost and none has two effects; then the functions are as before", async () => {
    const before = await configurations();
    const page = await suite().page();
    await page.view("faults");
    for (const name of ["fail SQS", "throttle table", "duplicate messages"])
      await page.page.locator(`input[name="${name}"]`).check();
    // The owner of a connection is read from /proc.
    if (canSeeProcesses) await page.page.locator('input[name="kill worker"]').check();
    await page.field("Tasks").fill("20");
    await page.button("Start").click();
    const counter = async (name: string) =>
      Number(await page.page.locator(`[data-counter="${name}"]`).innerText());
    await eventually("tasks are accepted", 120, async () => (await counter("accepted")) || undefined);
    await page.button("Start").waitFor({ timeout: 120_000 });
    await eventually("all accepted tasks have ended", 240, async () =>
      (await counter("open")) === 0 ? true : undefined,
    );
    expect(await counter("done")).toBe(await counter("accepted"));
    expect([await counter("lost"), await counter("duplicated")]).toEqual([0, 0]);
    expect(await counter("injected")).toBeGreaterThan(0);

    await page.button("Stop").click();
    await eventually("the functions are as before", 60, async () =>
      JSON.stringify(await configurations()) === JSON.stringify(before) ? true : undefined,
    );
    const { id } = await suite().e2e.service.api.create("echo", { message: "after faults" });
    await suite().e2e.service.api.until(id, "succeeded", 60);
  });
}
