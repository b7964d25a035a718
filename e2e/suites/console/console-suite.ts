import type { Browser } from "playwright-core";
import { E2eEnvironment } from "../../support/e2e-environment";
import { RunningScript } from "../../support/running-script";
import { ConsolePage, launchBrowser, type PageOptions } from "./console-page";

/** The deployed service, its console in a process of its own, and a browser. */
export class ConsoleSuite {
  private readonly pages: ConsolePage[] = [];

  private constructor(
    readonly e2e: E2eEnvironment,
    private readonly console: RunningScript,
    private readonly browser: Browser,
    readonly link: string,
  ) {}

  static async open(): Promise<ConsoleSuite> {
    const e2e = await E2eEnvironment.open("dev");
    try {
      await e2e.deploy();
      const [console, link] = await startConsole({ LOCAL_CLOUD_HOME: e2e.local.home.folder }, "dev");
      return new ConsoleSuite(e2e, console, await launchBrowser(), link);
    } catch (error) {
      await e2e.dispose();
      throw error;
    }
  }

  async dispose(): Promise<void> {
    await this.browser.close();
    await this.console.interrupt();
    await this.e2e.dispose();
  }

  async page(options?: PageOptions, link = this.link): Promise<ConsolePage> {
    const page = await ConsolePage.open(this.browser, link, options);
    this.pages.push(page);
    return page;
  }

  /** Closes the pages of a test. @returns the errors that they have had */
  async closePages(): Promise<string[]> {
    const pages = this.pages.splice(0);
    await Promise.all(pages.map((page) => page.close()));
    return pages.flatMap(({ problems }) => problems);
  }
}

/** Starts the command, and waits for its link. */
export async function startConsole(
  variables: Readonly<Record<string, string>>,
  ...commandLine: string[]
): Promise<[console: RunningScript, link: string]> {
  const env = { ...process.env, ...variables };
  const started = new RunningScript({ env }, "console", ...commandLine);
  const [link] = await started.prints(/http:\/\/127\.0\.0\.1:\d+\/[\w-]{32}\//, 120);
  return [started, link];
}
