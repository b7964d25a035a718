import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { findOnPath } from "../../local-cloud/src/command";
import { mayBeAlive, runningTerraforms } from "./lock-holder";

const now = new Date("2026-11-28T12:00:00Z");
const longestRunMinutes = 60;
const site = { stack: "core-dev", endpoint: undefined, longestRunMinutes };
const lock = (Who: string, minutes: number) => ({
  ID: "a-lock",
  Operation: "OperationTypeApply",
  Who,
  Created: new Date(now.getTime() - minutes * 60_000).toISOString(),
});
const running = (folder: string, endpoint?: string) => [{ pid: 7, at: { folder, endpoint } }];
const here = `root@${hostname()}`;

test.each([
  ["remote, younger than the longest run", lock("runner@build-7", longestRunMinutes - 1), [], true],
  ["remote, older than the longest run", lock("runner@build-7", longestRunMinutes + 1), [], false],
  ["unknown user and time", { ...lock("unknown", 0), Created: "unknown" }, [], true],
  ["local, no Terraform runs", lock(here, 0), [], false],
  ["local, its Terraform runs", lock(here, 500), running("/x/stacks/core-dev"), true],
  ["local, another stack's Terraform runs", lock(here, 0), running("/x/stacks/infra-dev"), false],
  ["local, one with another endpoint runs", lock(here, 0), running("core-dev", "http://x"), false],
  ["local, one cannot be identified", lock(here, 0), [{ pid: 7, at: undefined }], true],
])("whether a lock may be alive: %s", (_what, holder, terraforms, expected) => {
  expect(mayBeAlive(holder, site, terraforms, now) !== undefined).toBe(expected);
});

test("a running Terraform is found, with its folder and endpoint", async () => {
  const folder = mkdtempSync("/tmp/t-");
  const stack = join(folder, "core-dev");
  mkdirSync(stack);
  const program = join(folder, "terraform");
  copyFileSync(findOnPath("sleep") ?? "", program);
  const child = spawn(program, ["60"], { cwd: stack, env: { AWS_ENDPOINT_URL: "http://127.0.0.1:1" } });
  const exited = once(child, "exit");
  try {
    await once(child, "spawn");
    const found = (await runningTerraforms()).find(({ pid }) => pid === child.pid);
    const at = process.platform === "linux" ? { folder: stack, endpoint: "http://127.0.0.1:1" } : undefined;
    expect(found).toEqual({ pid: child.pid, at });
  } finally {
    child.kill("SIGKILL");
    await exited;
    rmSync(folder, { recursive: true });
  }
});

test("a Terraform that ended after the processes were listed keeps no lock", async () => {
  const child = spawn(process.execPath, ["--eval", ""]);
  await once(child, "exit");
  const list = () => Promise.resolve(`  ${child.pid} terraform\n  ${process.pid} /usr/bin/terraform\n`);
  const at =
    process.platform === "linux"
      ? { folder: process.cwd(), endpoint: process.env.AWS_ENDPOINT_URL }
      : undefined;
  const found = await runningTerraforms(list);
  expect(found).toContainEqual({ pid: process.pid, at });
  // Without /proc, only process ids are known, and each process counts as running.
  expect(found).toHaveLength(process.platform === "linux" ? 1 : 2);
});
