import { groupReason } from "../../../../packages/dead-letters/src/dead-letter";
import { eventually } from "../../../support/eventually";
import type { ConsoleSuite } from "../console-suite";

/** Dead letters. */
export function deadLetterSteps(suite: () => ConsoleSuite): void {
  const api = () => suite().e2e.service.api;
  const queue = () => suite().e2e.service.deadLetters;
  const letters = () => queue().size();

  test("dead letters are grouped by reason, and a group is moved when its number is typed", async () => {
    const permanent = { failures: 2, permanent: true };
    const tasks = await Promise.all([1, 2, 3].map(() => api().create("dependency.call", permanent)));
    for (const { id } of tasks) await api().until(id, "failed", 120);
    const { error = "" } = await api().get(tasks[0]?.id ?? "");
    const total = await eventually("there are dead letters", 60, async () => (await letters()) || undefined);

    const page = await suite().page();
    await page.view("dead-letters");
    const group = page.page.locator(`tr[data-reason="${groupReason(error)}"]`);
    await group.waitFor();
    const counts = await page.page.locator("tr[data-reason] td:first-child").allInnerTexts();
    expect(counts.reduce((sum, count) => sum + Number(count), 0)).toBe(total);
    expect(await page.page.locator("[data-method]").getAttribute("data-method")).toBe("emulator");
    // Nothing was received: another consumer sees all of them.
    expect(await letters()).toBe(total);

    const size = await group.locator("td").first().innerText();
    const before = await Promise.all(tasks.map(async ({ id }) => (await api().get(id)).attempts));
    await page.button("Redrive…", group).click();
    expect(await page.confirm(/^Redrive \d+$/, size)).toMatch(
      /^npm run cli -- dlq dev redrive --type dependency\.call --reason '/,
    );
    await page.dialog.waitFor({ state: "detached" });
    for (const [at, { id }] of tasks.entries())
      await eventually(`task ${id} has another attempt`, 120, async () =>
        (await api().get(id)).attempts > (before[at] ?? 0) ? true : undefined,
      );
  });

  test("the remaining ones are deleted", async () => {
    const { id } = await api().create("dependency.call", { failures: 9, permanent: true });
    await api().until(id, "failed", 120);
    const page = await suite().page();
    await page.view("dead-letters");
    await page.page.locator("tr[data-reason]").first().waitFor();
    // What was moved before may still fail again.
    const total = await eventually("the queue and the page have the same count", 120, async () => {
      const shown = /\d+/.exec(await page.button(/^Redrive \d+…$/).innerText())?.[0];
      return shown !== undefined && Number(shown) === (await letters()) ? shown : undefined;
    });
    await page.button("Delete…").click();
    await page.confirm(/^Delete \d+$/, total);
    await eventually("the queue is empty", 60, async () => ((await letters()) === 0 ? true : undefined));
    await page.page.locator(".empty").waitFor();
  });
}
