import {
  GetAliasCommand,
  PublishVersionCommand,
  UpdateFunctionConfigurationCommand,
} from "@aws-sdk/client-lambda";
import { functionNames } from "@serverless-tasks/functions/service";
import { liveAlias, naming } from "../../../../deploy/shared/naming";
import { AliasSet } from "../../../../packages/lambda-release/src/alias-set";
import { Releases } from "../../../../packages/lambda-release/src/releases";
import { eventually } from "../../../support/eventually";
import type { ConsoleSuite } from "../console-suite";

/** The architecture and deployments. */
export function deploymentSteps(suite: () => ConsoleSuite): void {
  const nameOf = (what: string) => naming(suite().e2e.local.cloud.config)(what);
  const lambda = () => suite().e2e.account.lambda;

  test("the drawing has live counts, and a box opens its resource's attributes, logs and sources", async () => {
    const page = await suite().page();
    await page.view("architecture");
    const box = page.page.locator('g[data-node="tasks-dlq"]');
    const badges = box.locator("g.badges");
    await badges.waitFor();
    await eventually("the count is that of SQS", 60, async () => {
      const counts = JSON.parse((await badges.getAttribute("data-counts")) ?? "{}") as { visible?: number };
      return counts.visible === (await suite().e2e.service.deadLetters.size()) ? true : undefined;
    });
    await box.click();
    const address = page.page.getByRole("button", { name: /^aws_sqs_queue\./ });
    await address.click();
    const json = page.page.locator(".panel .json");
    await json.waitFor();
    expect(JSON.parse(await json.innerText())).toMatchObject({ name: nameOf("tasks-dlq") });

    await page.page.locator('g[data-node="worker"]').focus();
    await page.page.keyboard.press("Enter");
    await page.page.getByText("functions/worker/index.ts").waitFor();
    await page.page.getByRole("link", { name: "Logs", exact: true }).last().click();
    await page.page.locator('main[data-view="logs"]').waitFor();
    expect(await page.field("Function").inputValue()).toBe("worker");
  });

  test("a plan of the deployed service has nothing to change", async () => {
    const page = await suite().page();
    await page.view("deployments");
    expect(await page.page.locator("table").first().locator("tbody tr").count()).toBe(3);
    await page.button("Plan").click();
    const job = page.page.locator('.job[data-state="done"]');
    await job.waitFor({ timeout: 240_000 });
    expect(await job.innerText()).toMatch(
      /core +0 to create, 0 to change, 0 to replace, 0 to destroy\n.*infra +0 to create, 0 to change[^]*app +0 to create, 0 to change/,
    );
  });

  test("a rollback moves the aliases of all functions", async () => {
    const names = functionNames.map(nameOf);
    const aliases = new AliasSet(lambda(), liveAlias);
    const before = await aliases.versions(names);
    const next: Record<string, string> = {};
    for (const FunctionName of names) {
      const Description = `a release of ${new Date().toISOString()}`;
      await lambda().send(new UpdateFunctionConfigurationCommand({ FunctionName, Description }));
      const { Version = "" } = await lambda().send(new PublishVersionCommand({ FunctionName }));
      next[FunctionName] = Version;
    }
    const note = { state: "good", at: new Date().toISOString(), commit: "0".repeat(40) } as const;
    const { number } = await new Releases(lambda(), names).record(next, note);
    await aliases.move(next);

    const page = await suite().page();
    await page.view("deployments");
    await page.page.locator(`tr[data-release="${number}"]`).getByText("live").waitFor();
    await page.button("Roll back…").click();
    await page.field("Reason", page.dialog).fill("a test");
    expect(await page.confirm("Roll back", "dev")).toMatch(
      /^npm run cli -- rollback dev --release \d+ --reason 'a test'$/,
    );
    await page.dialog.waitFor({ state: "detached" });
    for (const FunctionName of names) {
      const { FunctionVersion } = await lambda().send(new GetAliasCommand({ FunctionName, Name: liveAlias }));
      expect([FunctionName, FunctionVersion]).toEqual([FunctionName, before[FunctionName]]);
    }
    await page.view("activity");
    await page.page.getByText("deployments/rollback").first().waitFor();
  });
}
