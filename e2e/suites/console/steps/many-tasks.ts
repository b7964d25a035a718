import { setTimeout as delay } from "node:timers/promises";
import { naming } from "../../../../deploy/shared/naming";
import { textTable } from "../../../../packages/command-line/src/table";
import { startConsole, type ConsoleSuite } from "../console-suite";
import { writeTasks } from "../many-tasks";
import { TimingProxy } from "../timing-proxy";

/** `npm run cli -- bench-console` sets them. */
const { CONSOLE_TASKS = "2000", CONSOLE_MINUTES = "0.5" } = process.env;
const tasks = Number(CONSOLE_TASKS);
const minutes = Number(CONSOLE_MINUTES);

const mostOwnMilliseconds = 1_000;
/** Samples of the page's memory. */
const samples = 10;
/** How much more the page may use in the second half than in the first one. */
const mostGrowthBytes = 8 * 1024 * 1024;

/** What each view requests. */
const requests: readonly (readonly [view: string, endpoint: string, input: object])[] = [
  ["Tasks", "tasks", { limit: 50 }],
  ["Tasks, failed", "tasks", { state: "failed", limit: 50 }],
  ["Tasks, a type", "tasks", { type: "echo", limit: 50 }],
  ["Tasks, words", "tasks", { contains: "task 77", limit: 50 }],
  ["Dry run", "selection", { change: "retry" }],
  ["Dead letters", "dead-letters", {}],
  ["Queues and rates", "rates", { hours: 3 }],
  ["Status", "status", {}],
  ["Schedules", "schedules", {}],
  ["Logs", "logs", { since: Date.now() - 900_000, limit: 1_000 }],
  ["Architecture", "architecture", {}],
  ["Deployments", "deployments", {}],
];

/** A table with many tasks, and a page that is open for minutes. */
export function manyTasksSteps(suite: () => ConsoleSuite): void {
  const local = () => suite().e2e.local;

  test(`with many tasks (${tasks}), each view responds within a second of the emulator's time`, async () => {
    const { target, config } = local().cloud;
    await writeTasks(suite().e2e.account.dynamodb, naming(config)("tasks"), tasks);
    const proxy = new TimingProxy(target.endpoint);
    const address = await proxy.listen();
    const [started, link] = await startConsole(
      {
        ...{ AWS_ENDPOINT_URL: address, AWS_ACCESS_KEY_ID: target.accountId, AWS_REGION: target.region },
        ...{ AWS_SECRET_ACCESS_KEY: "local", LOCAL_CLOUD_HOME: local().home.folder },
      },
      "dev",
      "--aws",
    );
    const get = async (endpoint: string, input: object) => {
      const response = await fetch(
        `${link}api/${endpoint}?input=${encodeURIComponent(JSON.stringify(input))}`,
      );
      const body = (await response.json()) as { tasks?: { id: string }[] };
      expect([endpoint, response.status, body]).toEqual([endpoint, 200, body]);
      return body;
    };
    try {
      // Modules are loaded once.
      const listed = await get("tasks", {});
      const measured: [string, number, number][] = [];
      const [newest] = listed.tasks ?? [];
      for (const [view, endpoint, input] of [...requests, ["One task", "task", newest ?? {}] as const]) {
        const given = view === "One task" ? { id: newest?.id } : input;
        const { emulator, own } = await proxy.measure(() => get(endpoint, given));
        measured.push([view, emulator, own]);
      }
      console.log(
        textTable([
          ["view", "emulator, ms", "console, ms"],
          ...measured.map(([view, emulator, own]) => [view, emulator.toFixed(0), own.toFixed(0)]),
        ]),
      );
      expect(measured.length).toBeGreaterThan(10);
      expect(measured.filter(([, , own]) => own > mostOwnMilliseconds)).toEqual([]);
    } finally {
      await started.interrupt();
      await proxy.close();
    }
  }, 1_200_000);

  test(
    `over ${minutes} minutes with live updates, the page's memory is bounded`,
    async () => {
      const { api } = suite().e2e.service;
      const page = await suite().page();
      const session = await page.page.context().newCDPSession(page.page);
      await session.send("Performance.enable");
      const used = async () => {
        await session.send("HeapProfiler.collectGarbage");
        const { metrics } = await session.send("Performance.getMetrics");
        return metrics.find(({ name }) => name === "JSHeapUsedSize")?.value ?? 0;
      };
      const sizes: number[] = [];
      const views = ["logs", "tasks", "rates", "architecture"];
      for (let sample = 0; sample < samples; sample++) {
        const end = Date.now() + (minutes * 60_000) / samples;
        await page.view(views[sample % views.length] ?? "tasks");
        do {
          await api.create("echo", { message: "live" });
          await delay(1_000);
        } while (Date.now() < end);
        // The same view each time, so that the sizes can be compared.
        await page.view("tasks");
        sizes.push(await used());
      }
      console.log(
        `heap after each part, MB: ${sizes.map((size) => (size / 1_048_576).toFixed(1)).join(" ")}`,
      );
      const half = samples / 2;
      expect(Math.max(...sizes.slice(half))).toBeLessThan(
        Math.max(...sizes.slice(0, half)) + mostGrowthBytes,
      );
    },
    minutes * 60_000 + 600_000,
  );
}
