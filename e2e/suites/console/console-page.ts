import { readFileSync } from "node:fs";
import { chromium, type Browser, type BrowserContext, type Locator, type Page } from "playwright-core";
import { findOnPath } from "../../../packages/local-cloud/src/command";
import { eventually } from "../../support/eventually";

/** Chromium on PATH; undefined on a machine without one. */
export const browserPath = ["chromium", "chromium-browser", "google-chrome"]
  .map((name) => findOnPath(name))
  .find((path) => path !== undefined);

/** A machine that also runs an emulator and functions is slow. */
const patienceMilliseconds = 30_000;

export interface PageOptions {
  readonly width?: number;
  readonly dark?: boolean;
}

const axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly string[];
}

/** The console's page in a browser. */
export class ConsolePage {
  /** Errors, and requests to other servers. */
  readonly problems: string[] = [];
  /** Requests to the console's API, by the endpoint's name. */
  readonly requests: string[] = [];

  private constructor(
    private readonly context: BrowserContext,
    readonly page: Page,
    readonly link: string,
  ) {}

  static async open(browser: Browser, link: string, { width = 1280, dark = false }: PageOptions = {}) {
    const context = await browser.newContext({
      viewport: { width, height: 900 },
      colorScheme: dark ? "dark" : "light",
    });
    const page = await context.newPage();
    page.setDefaultTimeout(patienceMilliseconds);
    const opened = new ConsolePage(context, page, link);
    page.on("pageerror", (error) => opened.problems.push(error.message));
    page.on("console", (message) => {
      // A refused request is logged by the browser; the tests expect it.
      if (message.type() === "error" && !message.text().includes("the server responded with a status"))
        opened.problems.push(message.text());
    });
    page.on("request", (request) => {
      const url = request.url();
      if (!url.startsWith(new URL(link).origin) && !url.startsWith("data:"))
        opened.problems.push(`requested ${url}`);
      const name = /\/api\/([^?]+)/.exec(url)?.[1];
      if (name !== undefined) opened.requests.push(name);
    });
    return opened;
  }

  close(): Promise<void> {
    return this.context.close();
  }

  /** Opens a view, and waits until it shows what it has loaded. */
  async view(address: string): Promise<void> {
    await this.page.goto(`${this.link}#/${address}`);
    await this.page.locator("main[data-view]").waitFor();
    await this.loaded();
  }

  async loaded(): Promise<void> {
    await this.page.locator(".loading").waitFor({ state: "detached" });
  }

  button(name: string | RegExp, within: Page | Locator = this.page): Locator {
    return within.getByRole("button", { name, ...(typeof name === "string" && { exact: true }) });
  }

  field(name: string, within: Page | Locator = this.page): Locator {
    return within.getByLabel(name, { exact: true });
  }

  get dialog(): Locator {
    return this.page.getByRole("dialog");
  }

  /** Confirms the open dialog, whose command it returns; types what it wants. */
  async confirm(name: string | RegExp, typed?: string): Promise<string> {
    const command = await this.dialog.locator("[data-command]").innerText();
    if (typed !== undefined) await this.dialog.getByLabel(/^Type .* to confirm$/).fill(typed);
    await this.button(name, this.dialog).click();
    return command;
  }

  /** The ids of the rows of tasks. */
  async rows(): Promise<string[]> {
    const rows = await this.page.locator("tr[data-id]").all();
    return Promise.all(rows.map(async (row) => (await row.getAttribute("data-id")) ?? ""));
  }

  /** Waits until the list of tasks has these, in any order. */
  async showsTasks(ids: readonly string[]): Promise<void> {
    const wanted = [...ids].sort().join();
    await eventually(`the tasks ${wanted} are listed`, 60, async () =>
      (await this.rows()).sort().join() === wanted ? true : undefined,
    );
  }

  /** The violations that axe-core counts as serious or critical. */
  async seriousViolations(): Promise<Violation[]> {
    await this.page.evaluate(axeSource);
    return this.page.evaluate(async () => {
      const { axe } = globalThis as unknown as {
        axe: {
          run: () => Promise<{
            violations: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[];
          }>;
        };
      };
      const { violations } = await axe.run();
      return violations
        .filter(({ impact }) => impact === "serious" || impact === "critical")
        .map(({ id, impact, nodes }) => ({
          ...{ id, impact },
          nodes: nodes.slice(0, 3).map(({ html, failureSummary }) => `${html} ${failureSummary}`),
        }));
    });
  }

  /** How far the page is wider than its window. */
  overflow(): Promise<number> {
    return this.page.evaluate<number>("document.documentElement.scrollWidth - window.innerWidth");
  }
}

/** A browser without a window. */
export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: browserPath ?? "", args: ["--no-sandbox"] });
