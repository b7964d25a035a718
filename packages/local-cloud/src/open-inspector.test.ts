import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { freePort } from "../../aws-stub/src/loopback";

jest.setTimeout(60_000);

const preload = join(__dirname, "..", "bin", "open-inspector.cjs");
let folder: string;
let port: number;
let children: ChildProcess[];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "inspected "));
  port = await freePort();
  children = [];
});
afterEach(() => {
  for (const child of children) child.kill("SIGKILL");
  rmSync(folder, { recursive: true });
});

/** A process that runs until it is killed. */
function start(script: string): ChildProcess {
  const env = {
    ...{ PATH: process.env.PATH, TMPDIR: folder, LOCAL_CLOUD_INSPECT: String(port) },
    NODE_OPTIONS: `--require ${JSON.stringify(preload)}`,
  };
  const child = spawn(process.execPath, ["-e", `process.title = "${script}"; setInterval(() => {}, 1000);`], {
    ...{ env, stdio: "ignore" },
  });
  children.push(child);
  return child;
}

/** Waits until the inspector of that process listens. */
async function untilInspected({ pid = 0 }: ChildProcess): Promise<void> {
  const end = Date.now() + 30_000;
  while (Date.now() < end) {
    const response = await fetch(`http://127.0.0.1:${port}/json/list`).catch(() => undefined);
    const [found] = ((await response?.json().catch(() => undefined)) ?? []) as { readonly title: string }[];
    if (found?.title.endsWith(`[${pid}]`) === true) return;
    await delay(50);
  }
  throw new Error(`Expected the inspector of ${pid} on port ${port}`);
}

test("the newest of several processes has the inspector's port", async () => {
  const first = start("first");
  await untilInspected(first);
  const second = start("second");
  await untilInspected(second);
  expect(first.exitCode).toBeNull();
});
