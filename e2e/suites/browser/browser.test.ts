import { createServer, type Server } from "node:http";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { chromium, type Browser, type Page } from "playwright-core";
import { testApi } from "@serverless-tasks/functions/api/testing/test-api";
import { listenOnLoopback } from "../../../packages/aws-stub/src/loopback";
import { swaggerUiFiles } from "../../../scripts/build/swagger-ui";
import { findOnPath } from "../../../packages/local-cloud/src/command";

const browserPath = ["chromium", "chromium-browser", "google-chrome"]
  .map((name) => findOnPath(name))
  .find((path) => path !== undefined);

/** Serves the API below a path, as the emulator does, with tasks in memory. */
async function serve(): Promise<{ server: Server; address: string }> {
  const assets = new Map(
    swaggerUiFiles(["swagger-ui-dist/swagger-ui.css.br", "swagger-ui-dist/swagger-ui-bundle.js.br"]),
  );
  const { app } = testApi({
    authorization: "none",
    docsAssets: (name) => Buffer.from(assets.get(`swagger-ui-dist/${name}.br`) ?? []),
  });
  const prefix = "/below/a/path";
  const server = createServer((request, response) => {
    request.url = request.url?.replace(prefix, "");
    app(request, response);
  });
  return { server, address: `http://127.0.0.1:${await listenOnLoopback(server)}${prefix}` };
}

// Skipped on a machine without a browser.
const inBrowser = browserPath === undefined ? describe.skip : describe;
jest.setTimeout(60_000);

inBrowser("GET /docs in a browser", () => {
  let served: { server: Server; address: string };
  let browser: Browser;
  let page: Page;
  /** Errors, and requests to other servers. */
  const problems: string[] = [];

  beforeAll(async () => {
    served = await serve();
    browser = await chromium.launch({ executablePath: browserPath ?? "", args: ["--no-sandbox"] });
    page = await browser.newPage();
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error") problems.push(message.text());
    });
    page.on("request", (request) => {
      if (!request.url().startsWith(served.address) && !request.url().startsWith("data:"))
        problems.push(`requested ${request.url()}`);
    });
    await page.goto(`${served.address}/docs`);
  });
  afterAll(async () => {
    await browser.close();
    await new Promise((resolve) => served.server.close(resolve));
  });

  test("shows every operation, without a lock of an open API, without errors and without requests to other servers", async () => {
    const document = JSON.parse(
      readFileSync(join(__dirname, "..", "..", "..", "functions", "api", "openapi.json"), "utf8"),
    ) as { paths: Record<string, object> };
    const operations = Object.values(document.paths).flatMap((methods) => Object.keys(methods));
    await page.waitForSelector(".opblock");
    expect(operations).not.toEqual([]);
    expect(await page.locator(".opblock").count()).toBe(operations.length);
    expect(await page.locator(".authorization__btn, .auth-wrapper .authorize").count()).toBe(0);
    expect(problems).toEqual([]);
  });

  test("Execute creates a task", async () => {
    const operation = page.locator("#operations-default-createTask");
    await operation.locator(".opblock-summary-control").click();
    await operation
      .locator("textarea.body-param__text")
      .fill('{"type": "echo", "payload": {"message": "tried out"}}');
    await operation.locator("button.execute").click();
    await operation.locator(".live-responses-table tbody .response-col_status").first().waitFor();
    expect(
      await operation.locator(".live-responses-table tbody .response-col_status").first().innerText(),
    ).toContain("202");
    expect(await operation.locator(".live-responses-table").innerText()).toContain("tried out");
    expect(problems).toEqual([]);
  });
});
