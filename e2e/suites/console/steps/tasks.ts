import type { Task } from "../../../../client";
import { eventually } from "../../../support/eventually";
import type { ConsoleSuite } from "../console-suite";
import { mappingsEnabled } from "../mappings";

/** A task whose first attempt fails for good; the next one succeeds. */
const failing = { failures: 1, permanent: true };

/** Tasks, one task, and new tasks. */
export function taskSteps(suite: () => ConsoleSuite): void {
  const api = () => suite().e2e.service.api;
  const failed = (count: number): Promise<Task[]> =>
    Promise.all(
      Array.from({ length: count }, async () => {
        const { id } = await api().create("dependency.call", failing);
        return api().until(id, "failed", 120);
      }),
    );
  const idsOf = (tasks: readonly Task[]) => tasks.map(({ id }) => id);
  const revision = async (id: string) => (await api().get(id)).revision;

  test("tasks are filtered by state, type and words of the payload, and a selected one is retried", async () => {
    const tasks = await failed(2);
    const words = `console ${Date.now()}`;
    const echo = await api().create("echo", { message: words });
    await api().until(echo.id, "succeeded", 60);
    const page = await suite().page();
    await page.view("tasks");

    await page.field("State").selectOption("failed");
    await page.field("Type").selectOption("dependency.call");
    const listed = await api().list({ state: "failed", type: "dependency.call", limit: 50 });
    await page.showsTasks(idsOf(listed.tasks));
    expect(idsOf(listed.tasks)).toEqual(expect.arrayContaining(idsOf(tasks)));

    const [first] = tasks;
    await page.field(`Select ${first?.id ?? ""}`).check();
    await page.button("Retry selected").click();
    await eventually("the selected task is retried", 60, async () =>
      (await revision(first?.id ?? "")) === 2 ? true : undefined,
    );
    expect(await revision(tasks[1]?.id ?? "")).toBe(1);

    await page.view(`tasks?contains=${encodeURIComponent(words)}`);
    await page.showsTasks([echo.id]);
  });

  test("all that match are retried after a dry run, when their number is typed", async () => {
    const tasks = await failed(3);
    const page = await suite().page();
    await page.view("tasks?state=failed&type=dependency.call");
    const { length } = (await api().list({ state: "failed", type: "dependency.call", limit: 100 })).tasks;
    await page.button("Retry…").click();
    const counted = page.dialog.locator("[data-selected]");
    expect(await counted.getAttribute("data-selected")).toBe(String(length));
    const confirm = page.button(/^Retry \d+ tasks?$/, page.dialog);
    expect(await confirm.isDisabled()).toBe(true);
    await page.dialog.getByLabel(/^Type/).fill(String(length + 1));
    expect(await confirm.isDisabled()).toBe(true);
    expect(await Promise.all(idsOf(tasks).map(revision))).toEqual([1, 1, 1]);

    const command = await page.confirm(/^Retry \d+ tasks?$/, String(length));
    expect(command).toBe("npm run cli -- tasks retry dev --state failed --type dependency.call --yes");
    await page.dialog.locator('.job[data-state="done"]').waitFor();
    expect(await Promise.all(idsOf(tasks).map(revision))).toEqual([2, 2, 2]);
    for (const { id } of tasks) await api().until(id, "succeeded", 120);
  });

  test("a task's page has its life, its errors and log lines, and an edited payload runs as a linked task", async () => {
    const [task] = await failed(1);
    const id = task?.id ?? "";
    const page = await suite().page();
    await page.view(`tasks/${id}`);
    const kinds = await eventually("the timeline has all steps", 60, async () => {
      const items = await page.page.locator(".timeline li").all();
      const found = await Promise.all(items.map((item) => item.getAttribute("data-kind")));
      return found.includes("dead letter") && found.includes("request") ? found : undefined;
    });
    expect(kinds).toEqual(
      expect.arrayContaining(["request", "stored", "sent", "received", "attempt", "failed", "dead letter"]),
    );
    expect(kinds.indexOf("stored")).toBeLessThan(kinds.indexOf("received"));
    expect(kinds.indexOf("attempt")).toBeLessThan(kinds.indexOf("dead letter"));
    expect(await page.page.locator(".errors li").allInnerTexts()).toEqual([
      expect.stringContaining(task?.error ?? "an error"),
    ]);
    expect(await page.page.locator(".logs li").allInnerTexts()).toContainEqual(
      expect.stringContaining("attempt failed"),
    );

    await page.page.getByRole("link", { name: "Run again, edited" }).click();
    await page.field("failures").fill("0");
    await page.button("Create 1 task").click();
    const link = page.page.locator(".created a");
    const created = await link.innerText();
    const again = await api().until(created, "succeeded", 60);
    expect(again).toMatchObject({ type: "dependency.call", payload: { failures: 0, permanent: true } });

    await link.click();
    await page.page.locator('[data-link="from"]').waitFor();
    expect(await page.page.locator('[data-link="from"]').innerText()).toBe(id);
    await page.page.locator('[data-link="from"]').click();
    await page.page.locator('[data-link="to"]').waitFor();
    expect(await page.page.locator('[data-link="to"]').innerText()).toBe(created);
  });

  test("a new task's form has the members of its schema, and the API's errors are shown", async () => {
    const page = await suite().page();
    await page.view("new?type=report.summary");
    await page.field("hours").fill("5");
    await page.field("Tasks").fill("3");
    await page.button("Create 3 tasks").click();
    await page.page.locator(".created li").nth(2).waitFor();
    const ids = await page.page.locator(".created li").allInnerTexts();
    for (const id of ids)
      expect(await api().get(id)).toMatchObject({ type: "report.summary", payload: { hours: 5 } });

    await page.button("As JSON").click();
    await page.field("Payload").fill('{"hours": "many"}');
    await page.button("Create 3 tasks").click();
    await page.page.locator('.problem[data-code="invalid-request"]').waitFor();
    expect(await page.page.locator(".problem code").allInnerTexts()).toContain("/hours");
  });

  test("queued tasks are cancelled while the worker is paused, and resumed sources run again", async () => {
    const page = await suite().page();
    await page.view("rates");
    await page.button("Pause…").click();
    await page.field("Reason", page.dialog).fill("a test of the console");
    expect(await page.confirm("Pause")).toBe("npm run cli -- pause dev 'a test of the console'");
    const { lambda } = suite().e2e.account;
    await eventually("the mappings are disabled", 60, async () =>
      (await mappingsEnabled(lambda)).every((enabled) => !enabled) ? true : undefined,
    );

    const tasks = await Promise.all([1, 2].map(() => api().create("echo", { message: "to be cancelled" })));
    await page.view("tasks?contains=to%20be%20cancelled&state=queued");
    await page.showsTasks(idsOf(tasks));
    await page.button("Cancel…").click();
    await page.confirm("Cancel 2 tasks", "2");
    await page.dialog.locator('.job[data-state="done"]').waitFor();
    for (const { id } of tasks) expect((await api().get(id)).state).toBe("cancelled");

    await page.view("rates");
    await page.button("Resume…").click();
    await page.confirm("Resume");
    await eventually("the mappings are enabled", 60, async () =>
      (await mappingsEnabled(lambda)).every((enabled) => enabled) ? true : undefined,
    );
    const { id } = await api().create("echo", { message: "after" });
    await api().until(id, "succeeded", 60);
  });
}
