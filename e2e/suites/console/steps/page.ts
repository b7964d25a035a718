import { setTimeout as delay } from "node:timers/promises";
import { eventually } from "../../../support/eventually";
import type { ConsoleSuite } from "../console-suite";

const views = [
  "tasks",
  "new",
  "dead-letters",
  "rates",
  "schedules",
  "logs",
  "architecture",
  "deployments",
  "faults",
  "activity",
] as const;

/** Widths, colours, accessibility, the keyboard, and pauses. */
export function pageSteps(suite: () => ConsoleSuite): void {
  const api = () => suite().e2e.service.api;

  describe.each([
    [1280, false],
    [1280, true],
    [390, false],
    [390, true],
  ])("at %i px, dark %s", (width, dark) => {
    test.each(["a task", ...views])("%s fits, and axe-core finds nothing serious", async (name) => {
      const page = await suite().page({ width, dark });
      const [task] = (await api().list({ limit: 1 })).tasks;
      await page.view(name === "a task" ? `tasks/${task?.id ?? ""}` : name);
      expect(await page.seriousViolations()).toEqual([]);
      expect(await page.overflow()).toBeLessThanOrEqual(0);
    });
  });

  test("a task is created, found and opened by the keyboard alone", async () => {
    const page = await suite().page();
    const { keyboard } = page.page;
    await page.view("tasks");
    await keyboard.press("2");
    await page.page.locator('main[data-view="new"]').waitFor();
    const focused = () => page.page.evaluate<string>("document.activeElement.name || ''");
    const words = `by keyboard ${Date.now()}`;
    for (let presses = 0; (await focused()) !== "message"; presses++) {
      if (presses > 40) throw new Error("Expected the field message within 40 presses of Tab");
      await keyboard.press("Tab");
    }
    await keyboard.type(words);
    await keyboard.press("Tab");
    await keyboard.press("Enter");
    await page.page.locator(".created a").waitFor();
    const id = await page.page.locator(".created a").innerText();
    expect(await api().get(id)).toMatchObject({ payload: { message: words } });

    // From a button, since keys that are typed in a field are its own.
    for (let presses = 0; presses < 20 && (await focused()) !== ""; presses++) await keyboard.press("Tab");
    await keyboard.press("1");
    await page.page.locator('main[data-view="tasks"]').waitFor();
    await page.page.locator(`tr[data-id="${id}"]`).waitFor();
    const href = () => page.page.evaluate<string>("document.activeElement.getAttribute('href') || ''");
    for (let presses = 0; !(await href()).endsWith(id); presses++) {
      if (presses > 60) throw new Error(`Expected the link of ${id} within 60 presses of Tab`);
      await keyboard.press("Tab");
    }
    await keyboard.press("Enter");
    await page.page.locator('main[data-view="task"]').waitFor();
    await keyboard.press("?");
    await page.dialog.waitFor();
    await keyboard.press("Escape");
    await page.dialog.waitFor({ state: "detached" });
  });

  test("requests stop while the tab is hidden, and while updates are paused", async () => {
    const page = await suite().page();
    await page.view("tasks");
    const counted = () => page.requests.length;
    const more = async (than: number) =>
      eventually("the page requests again", 30, () => Promise.resolve(counted() > than ? true : undefined));
    await more(counted());

    const setHidden = (isHidden: boolean) =>
      page.page.evaluate(`
        Object.defineProperty(document, "hidden", { configurable: true, value: ${String(isHidden)} });
        document.dispatchEvent(new Event("visibilitychange"));`);
    /** Longer than the interval of the view; a request that was sent before may end. */
    const isQuiet = async () => {
      await delay(1_000);
      const before = counted();
      await delay(7_000);
      return counted() - before;
    };
    await setHidden(true);
    expect(await isQuiet()).toBe(0);
    const before = counted();
    await setHidden(false);
    await more(before);

    await page.page.keyboard.press("p");
    expect(await isQuiet()).toBe(0);
    await page.page.keyboard.press("p");
    await more(counted());
  });
}
