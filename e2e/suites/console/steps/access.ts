import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ConsoleSuite } from "../console-suite";
import { startConsole } from "../console-suite";

/** Read-only mode, and the audit log. */
export function accessSteps(suite: () => ConsoleSuite): void {
  test("a console of an account is read-only without --write: the server refuses, and nothing changes", async () => {
    const { e2e } = suite();
    const { api } = e2e.service;
    const { id } = await api.create("dependency.call", { failures: 9, permanent: true });
    const task = await api.until(id, "failed", 120);
    const { endpoint, accountId, region } = e2e.local.cloud.target;
    // Not a loopback address: it may be a proxy of AWS.
    const [started, link] = await startConsole(
      {
        AWS_ENDPOINT_URL: endpoint.replace("127.0.0.1", "0.0.0.0"),
        AWS_ACCESS_KEY_ID: accountId,
        AWS_SECRET_ACCESS_KEY: "local",
        AWS_REGION: region,
        LOCAL_CLOUD_HOME: e2e.local.home.folder,
      },
      "dev",
      "--aws",
    );
    try {
      const page = await suite().page({}, link);
      await page.view(`tasks/${id}`);
      await page.page.locator(".top .tag").waitFor();
      await page.button("Retry").click();
      await page.confirm("Retry");
      await page.page.locator('.problem[data-code="read-only"]').waitFor();
      expect(await api.get(id)).toEqual(task);
    } finally {
      await started.interrupt();
    }
  });

  test("the audit log has who changed what", () => {
    const { home, cloud } = suite().e2e.local;
    const file = join(home.folder, "console", `audit-dev-${cloud.target.accountId}.jsonl`);
    const entries = readFileSync(file, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { operation: string; outcome: string; who: string });
    expect(entries.every(({ who }) => who !== "")).toBe(true);
    expect(entries).toContainEqual(
      expect.objectContaining({ outcome: "refused", operation: "tasks/change" }),
    );
    expect(entries).toContainEqual(expect.objectContaining({ outcome: "done", operation: "tasks/create" }));
  });
}
