import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { chromium, type Browser } from "playwright-core";
import type { NewTask, TasksClient } from "../../../client";
import { pageVersion } from "../../../packages/console/src/page-bundle";
import { withText } from "../../../packages/console/src/png-text";
import { screenshotNames, screenshots, versionKeyword } from "../../../packages/console/src/screenshots";
import { findOnPath } from "../../../packages/local-cloud/src/command";
import type { EnvironmentAccount } from "../../bootstrap/environment-account";
import { openConsole } from "../../console/open-console";
import { userError } from "../../core/errors";
import { taskApi } from "../../operations/task-api";
import { screenshotFolder } from "./folder";

const viewport = { width: 1280, height: 800 };
const settleMilliseconds = 120_000;
/** Requests of a view that is loaded have ended. */
const quietMilliseconds = 1_500;

/** Tasks of all kinds: most succeed, some fail for good. */
const seeds: readonly { readonly type: string; readonly payload: unknown }[] = [
  ...Array.from({ length: 12 }, (_, at) => ({
    type: "echo",
    payload: { message: `order ${1_000 + at}` },
  })),
  ...Array.from({ length: 4 }, () => ({ type: "report.summary", payload: { hours: 24 } })),
  ...Array.from({ length: 5 }, () => ({
    type: "dependency.call",
    payload: { failures: 3, permanent: true },
  })),
  ...Array.from({ length: 4 }, () => ({ type: "dependency.call", payload: { failures: 0 } })),
];

/** Creates tasks in the local cloud, and takes the pictures of the console. */
export async function takeScreenshots(account: EnvironmentAccount): Promise<void> {
  const program = ["chromium", "chromium-browser", "google-chrome"]
    .map((name) => findOnPath(name))
    .find((path) => path !== undefined);
  if (program === undefined)
    throw userError("There is no Chromium on PATH.", "chromium or google-chrome", "install it");
  const api = await taskApi(account, undefined);
  const failed = await seed(api);
  const folder = mkdtempSync(join(tmpdir(), "console-"));
  const options = { aws: false, readOnly: false, port: 0, folder, parents: () => [] };
  const server = await openConsole(() => account, account, options);
  const browser = await chromium.launch({ executablePath: program, args: ["--no-sandbox"] });
  try {
    mkdirSync(screenshotFolder, { recursive: true });
    for (const name of screenshotNames) {
      const { view, isDark } = screenshots[name];
      const address = view === "a failed task" ? `tasks/${failed}` : view;
      const png = await picture(browser, `${server.link}#/${address}`, isDark);
      const path = join(screenshotFolder, `${name}.png`);
      writeFileSync(path, withText(png, versionKeyword, pageVersion()));
      console.log(`Wrote ${path}.`);
    }
  } finally {
    await browser.close();
    await server.close();
    rmSync(folder, { recursive: true });
  }
}

/** @returns the id of a failed task */
async function seed(api: TasksClient): Promise<string> {
  const ids: string[] = [];
  for (const seed of seeds) {
    // A team may have removed the examples, whose types the client then lacks.
    const body = seed as NewTask;
    const { data } = await api.POST("/tasks", { body });
    if (data !== undefined) ids.push(data.id);
  }
  let failed = ids[0] ?? "";
  const end = Date.now() + settleMilliseconds;
  for (const id of ids)
    while (Date.now() < end) {
      const { data } = await api.GET("/tasks/{id}", { params: { path: { id } } });
      if (data?.state === "failed") failed = id;
      if (data?.state === "failed" || data?.state === "succeeded") break;
      await delay(500);
    }
  return failed;
}

async function picture(browser: Browser, address: string, isDark: boolean): Promise<Buffer> {
  const context = await browser.newContext({ viewport, colorScheme: isDark ? "dark" : "light" });
  try {
    const page = await context.newPage();
    await page.goto(address);
    await page.locator("main[data-view]").waitFor();
    await page.locator(".loading").waitFor({ state: "detached" });
    await page.waitForTimeout(quietMilliseconds);
    return await page.screenshot();
  } finally {
    await context.close();
  }
}
