import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { project } from "./project";
import { acquireLock } from "./acquire-lock";
import { localPaths, type LocalPaths } from "./local-paths";
import { LocalCloudLock, lockHolder } from "./local-cloud-lock";
import type { LockRecord } from "./lock-record";
import { identityOf, isRunning, type ProcessIdentity } from "./process-identity";

const endpoint = "http://127.0.0.1:4566";
jest.setTimeout(60_000);
let paths: LocalPaths;
beforeEach(() => {
  paths = localPaths({ LOCAL_CLOUD_HOME: mkdtempSync(join(tmpdir(), "lock-")) });
});
afterEach(() => {
  rmSync(paths.folder, { recursive: true });
});

/** Writes a lock whose holder did not release it. */
function abandon(record: Partial<LockRecord> & { holder: ProcessIdentity }): void {
  mkdirSync(paths.lock, { recursive: true });
  writeFileSync(
    join(paths.lock, "7"),
    JSON.stringify({ since: "2026-01-01T00:00:00.000Z", endpoint, ...record }),
  );
}
const dead: ProcessIdentity = { pid: 2 ** 22 - 1, began: "long ago" };

async function sleeper(): Promise<ProcessIdentity> {
  const child = spawn("sleep", ["600"], { detached: true, stdio: "ignore" });
  child.unref();
  await once(child, "spawn");
  const identity = identityOf(child.pid ?? 0);
  if (identity === undefined) throw new Error("sleep does not run");
  return identity;
}

test("a second process is refused with an error that names the first", () => {
  const first = LocalCloudLock.acquire(paths, endpoint);
  const { since } = first.current;
  expect(() => LocalCloudLock.acquire(paths, "http://127.0.0.1:4567")).toThrow(
    `already running at ${endpoint}: process ${process.pid}, since ${since}`,
  );
  expect(lockHolder(paths)).toMatchObject({ endpoint, holder: { pid: process.pid } });
  first.release();
  expect(lockHolder(paths)).toBeUndefined();
  LocalCloudLock.acquire(paths, endpoint).release();
});

test("the lock of a process that has ended is taken over", () => {
  abandon({ holder: dead });
  expect(lockHolder(paths)).toBeUndefined();
  const lock = LocalCloudLock.acquire(paths, endpoint);
  expect(lock.abandoned?.holder).toEqual(dead);
  expect(() => LocalCloudLock.acquire(paths, endpoint)).toThrow("already running");
});

test("the lock is taken over when its process id was reused", () => {
  abandon({ holder: { pid: process.pid, began: "before this one" } });
  expect(LocalCloudLock.acquire(paths, endpoint).abandoned).toBeDefined();
});

test.each(["", "{", '{"holder":1}'])("a lock file with the content %j is ignored", (text) => {
  mkdirSync(paths.lock, { recursive: true });
  writeFileSync(join(paths.lock, "3"), text);
  expect(LocalCloudLock.acquire(paths, endpoint).abandoned).toBeUndefined();
});

test("processes of a killed holder are ended, and its files in TMPDIR are removed", async () => {
  const temp = mkdtempSync(join(tmpdir(), "left-"));
  writeFileSync(join(temp, "code.zip"), "");
  const [emulator, deployment] = [await sleeper(), await sleeper()];
  abandon({ holder: dead, emulator, deployment, temp });
  const lock = await acquireLock(paths, endpoint);
  expect([isRunning(emulator), isRunning(deployment), existsSync(temp)]).toEqual([false, false, false]);
  expect(lock.current).toMatchObject({ emulator: undefined, deployment: undefined, temp: undefined });
});

test("a process with a reused id is not ended", async () => {
  const other = await sleeper();
  abandon({ holder: dead, emulator: { pid: other.pid, began: "before" } });
  await acquireLock(paths, endpoint);
  expect(isRunning(other)).toBe(true);
  process.kill(other.pid);
});

test("one of several processes that take over at the same time gets the lock", async () => {
  abandon({ holder: dead });
  const go = join(paths.folder, "go");
  const script = `
    const { existsSync } = require("node:fs");
    const { LocalCloudLock } = require(${JSON.stringify(join(__dirname, "local-cloud-lock"))});
    const { localPaths } = require(${JSON.stringify(join(__dirname, "local-paths"))});
    console.log("ready");
    while (!existsSync(${JSON.stringify(go)}));
    try { LocalCloudLock.acquire(localPaths(), "http://127.0.0.1:4566"); console.log("holds"); setTimeout(() => {}, 3000); }
    catch (error) { console.log(error.name); }`;
  const contenders = Array.from({ length: 5 }, () => {
    const child = spawn(process.execPath, ["--import", "tsx", "--eval", script], {
      cwd: project,
      env: { ...process.env, LOCAL_CLOUD_HOME: paths.folder },
      stdio: ["ignore", "pipe", "inherit"],
    });
    child.stdout.setEncoding("utf8");
    const lines: string[] = [];
    const isReady = new Promise((resolve) => {
      child.stdout.on("data", (text: string) => {
        lines.push(...text.trim().split("\n"));
        resolve(undefined);
      });
    });
    return { lines, isReady, ended: once(child, "close") };
  });
  await Promise.all(contenders.map(({ isReady }) => isReady));
  writeFileSync(go, "");
  await Promise.all(contenders.map(({ ended }) => ended));
  const outcomes = contenders.map(({ lines }) => lines[1]).sort();
  expect(outcomes).toEqual([
    "LocalCloudError",
    "LocalCloudError",
    "LocalCloudError",
    "LocalCloudError",
    "holds",
  ]);
  const numbers = readdirSync(paths.lock);
  expect(numbers).toEqual(["8"]);
  expect(readFileSync(join(paths.lock, "8"), "utf8")).toContain(endpoint);
});
