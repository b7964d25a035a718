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
import { lockHome } from "./lock-home";
import { localHome, type Home } from "./home";
import { HomeLock, lockHolder } from "./home-lock";
import type { LockRecord } from "./lock-record";
import { identityOf, isRunning, type ProcessIdentity } from "./process-identity";

const endpoint = "http://127.0.0.1:4566";
jest.setTimeout(60_000);
let home: Home;
beforeEach(() => {
  home = localHome({ LOCAL_CLOUD_HOME: mkdtempSync(join(tmpdir(), "lock-")) });
});
afterEach(() => {
  rmSync(home.folder, { recursive: true });
});

/** A lock whose holder did not release it. */
function abandon(record: Partial<LockRecord> & { holder: ProcessIdentity }): void {
  mkdirSync(home.lock, { recursive: true });
  writeFileSync(
    join(home.lock, "7"),
    JSON.stringify({ since: "2026-01-01T00:00:00.000Z", endpoint, ...record }),
  );
}
const dead: ProcessIdentity = { pid: 2 ** 22 - 1, began: "long ago" };

async function sleeper(): Promise<ProcessIdentity> {
  const child = spawn("sleep", ["600"], { detached: true, stdio: "ignore" });
  child.unref();
  await once(child, "spawn");
  const identity = identityOf(child.pid ?? 0);
  if (identity === undefined) throw new Error("It does not run");
  return identity;
}

test("the second is refused with an error that names the first", () => {
  const first = HomeLock.acquire(home, endpoint);
  const { since } = first.current;
  expect(() => HomeLock.acquire(home, "http://127.0.0.1:4567")).toThrow(
    `already running at ${endpoint}: process ${process.pid}, since ${since}`,
  );
  expect(lockHolder(home)).toMatchObject({ endpoint, holder: { pid: process.pid } });
  first.release();
  expect(lockHolder(home)).toBeUndefined();
  HomeLock.acquire(home, endpoint).release();
});

test("the lock of a process that is gone is taken over", () => {
  abandon({ holder: dead });
  expect(lockHolder(home)).toBeUndefined();
  const lock = HomeLock.acquire(home, endpoint);
  expect(lock.abandoned?.holder).toEqual(dead);
  expect(() => HomeLock.acquire(home, endpoint)).toThrow("already running");
});

test("so is that of a process whose id another program has by now", () => {
  abandon({ holder: { pid: process.pid, began: "before this one" } });
  expect(HomeLock.acquire(home, endpoint).abandoned).toBeDefined();
});

test.each(["", "{", '{"holder":1}'])("a file that says %j locks nothing", (text) => {
  mkdirSync(home.lock, { recursive: true });
  writeFileSync(join(home.lock, "3"), text);
  expect(HomeLock.acquire(home, endpoint).abandoned).toBeUndefined();
});

test("what a killed holder has left running is ended, and its files in TMPDIR are removed", async () => {
  const temp = mkdtempSync(join(tmpdir(), "left-"));
  writeFileSync(join(temp, "code.zip"), "");
  const [emulator, deployment] = [await sleeper(), await sleeper()];
  abandon({ holder: dead, emulator, deployment, temp });
  const lock = await lockHome(home, endpoint);
  expect([isRunning(emulator), isRunning(deployment), existsSync(temp)]).toEqual([false, false, false]);
  expect(lock.current).toMatchObject({ emulator: undefined, deployment: undefined, temp: undefined });
});

test("a process that has another's id by now is left alone", async () => {
  const other = await sleeper();
  abandon({ holder: dead, emulator: { pid: other.pid, began: "before" } });
  await lockHome(home, endpoint);
  expect(isRunning(other)).toBe(true);
  process.kill(other.pid);
});

test("of processes that take over at the same moment, one gets the lock", async () => {
  abandon({ holder: dead });
  const go = join(home.folder, "go");
  const script = `
    const { existsSync } = require("node:fs");
    const { HomeLock } = require(${JSON.stringify(join(__dirname, "home-lock"))});
    const { localHome } = require(${JSON.stringify(join(__dirname, "home"))});
    console.log("ready");
    while (!existsSync(${JSON.stringify(go)}));
    try { HomeLock.acquire(localHome(), "http://127.0.0.1:4566"); console.log("holds"); setTimeout(() => {}, 3000); }
    catch (error) { console.log(error.name); }`;
  const contenders = Array.from({ length: 5 }, () => {
    const child = spawn(process.execPath, ["--import", "tsx", "--eval", script], {
      cwd: project,
      env: { ...process.env, LOCAL_CLOUD_HOME: home.folder },
      stdio: ["ignore", "pipe", "inherit"],
    });
    child.stdout.setEncoding("utf8");
    const said: string[] = [];
    const isReady = new Promise((resolve) => {
      child.stdout.on("data", (text: string) => {
        said.push(...text.trim().split("\n"));
        resolve(undefined);
      });
    });
    return { said, isReady, ended: once(child, "close") };
  });
  await Promise.all(contenders.map(({ isReady }) => isReady));
  writeFileSync(go, "");
  await Promise.all(contenders.map(({ ended }) => ended));
  const outcomes = contenders.map(({ said }) => said[1]).sort();
  expect(outcomes).toEqual([
    "LocalCloudError",
    "LocalCloudError",
    "LocalCloudError",
    "LocalCloudError",
    "holds",
  ]);
  const numbers = readdirSync(home.lock);
  expect(numbers).toEqual(["8"]);
  expect(readFileSync(join(home.lock, "8"), "utf8")).toContain(endpoint);
});
