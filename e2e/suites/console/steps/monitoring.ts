import { naming } from "../../../../deploy/shared/naming";
import { schedules } from "../../../../deploy/20_infra/schedules";
import { eventually } from "../../../support/eventually";
import type { ConsoleSuite } from "../console-suite";

/** Queues and rates, schedules, logs. */
export function monitoringSteps(suite: () => ConsoleSuite): void {
  const api = () => suite().e2e.service.api;
  const config = () => suite().e2e.local.cloud.config;

  test("queues and rates have the depths of SQS and the counts of the API", async () => {
    const { id } = await api().create("dependency.call", { failures: 9, permanent: true });
    await api().until(id, "failed", 120);
    const page = await suite().page();
    await page.view("rates?hours=1");
    const cell = page.page.locator(
      `tr[data-queue="${naming(config())("tasks-dlq")}"] td[data-cell="visible"]`,
    );
    await eventually("the depth is that of SQS", 60, async () =>
      (await cell.innerText()) === String(await suite().e2e.service.deadLetters.size()) ? true : undefined,
    );
    const { tasks } = await api().list({ type: "dependency.call", limit: 100 });
    const row = page.page.locator('tr[data-type="dependency.call"] td');
    await eventually("the accepted tasks are those of the API", 60, async () =>
      (await row.nth(1).innerText()) === String(tasks.length) ? true : undefined,
    );
    expect(await page.page.locator(".chart canvas").count()).toBe(1);
    expect(await page.page.locator("[data-source]").first().getAttribute("data-source")).toBe("logs");
    const times = await page.page.locator("tr[data-type] td:nth-child(6)").allInnerTexts();
    expect(times).toContainEqual(expect.stringMatching(/^\d/));
  });

  test("schedules have five next runs, and one is run now", async () => {
    const found = schedules(config().infra).find(({ event }) => event.kind === "schedule");
    const page = await suite().page();
    await page.view("schedules");
    const panel = page.page.locator(".schedule").filter({ hasText: found?.name ?? "outbox-sweep" });
    expect(await panel.locator('[data-list="next"] li').count()).toBe(5);
    // A team may have removed its schedules; the sweep is always there.
    const name = found?.name ?? "outbox-sweep";
    await page.button(`Run now… ${name}`).click();
    expect(await page.confirm("Run now")).toBe(`npm run cli -- schedules run dev ${name}`);
    await page.dialog.waitFor({ state: "detached" });
    if (found?.event.kind !== "schedule") return;
    const id = await page.page.locator(".created a").innerText();
    expect(await api().until(id, "succeeded", 60)).toMatchObject({ type: found.event.type });
    await eventually("the run is listed", 60, async () => {
      const runs = panel.locator('[data-list="runs"] a');
      return (await runs.count()) > 0 ? true : undefined;
    });
  });

  test("logs are filtered by task, function and level, and new lines follow", async () => {
    const { id } = await api().create("echo", { message: "logged" });
    await api().until(id, "succeeded", 60);
    const page = await suite().page();
    await page.view("logs");
    await page.field("Task id").fill(id);
    await page.field("Function").selectOption("worker");
    const lines = page.page.locator(".logs li");
    await eventually("only the worker's line about the task is shown", 60, async () => {
      const all = await lines.allInnerTexts();
      return all.length === 1 && all[0]?.includes("task succeeded") ? true : undefined;
    });
    await page.field("Level").selectOption("warn");
    await page.page.locator(".empty").waitFor();

    const failing = await api().create("dependency.call", { failures: 9, permanent: true });
    await page.field("Task id").fill(failing.id);
    await eventually("a new line follows", 60, async () =>
      (await lines.allInnerTexts()).some((line) => line.includes("attempt failed")) ? true : undefined,
    );
    expect(await page.page.locator("[data-command]").last().innerText()).toContain(`--task ${failing.id}`);
  });
}
