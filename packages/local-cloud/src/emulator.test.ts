import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import * as z from "zod";
import { fakeEmulator, type FakeEnding } from "./testing/fake-emulator";
import { freePort } from "../../aws-stub/src/loopback";
import { lockHome } from "./lock-home";
import { startEmulator, tempPrefix, type Emulator } from "./emulator";
import { localHome, type Home } from "./home";
import type { HomeLock } from "./home-lock";
import { identityOf } from "./process-identity";

jest.setTimeout(30_000);
let folder: string;
let home: Home;
let lock: HomeLock;
let emulator: Emulator | undefined;
let reported: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "emulator-"));
  home = localHome({ LOCAL_CLOUD_HOME: join(folder, "home") });
  reported = [];
});
afterEach(async () => {
  await emulator?.stop();
  emulator = undefined;
  lock.release();
  rmSync(folder, { recursive: true });
});

async function start(ending?: FakeEnding): Promise<Emulator> {
  const port = await freePort();
  lock = await lockHome(home, `http://127.0.0.1:${port}`);
  emulator = await startEmulator({
    ...{ home, lock, port, accountId: "111111111111", region: "eu-central-1" },
    program: fakeEmulator(folder, ending),
    report: (line) => reported.push(line),
  });
  return emulator;
}

async function stop(): Promise<boolean | undefined> {
  const isKept = await emulator?.stop();
  emulator = undefined;
  lock.release();
  return isKept;
}

const put = async (name: string) => {
  await fetch(`${emulator?.endpoint ?? ""}/${name}`, { method: "PUT" });
};
const deployed = () => {
  writeFileSync(home.applied("dev"), "{}");
  mkdirSync(join(home.stacks, "stacks", "app-dev", ".terraform"), { recursive: true });
  writeFileSync(home.outputs, "{}");
};
const isDeployed = () => [home.applied("dev"), home.stacks, home.outputs].map((path) => existsSync(path));
const all = [true, true, true];
const none = [false, false, false];

const killed = async () => {
  const { pid, lost } = await start();
  await put("state");
  deployed();
  process.kill(pid, "SIGKILL");
  await new Promise((resolve) => {
    lost.addEventListener("abort", resolve, { once: true });
  });
  return lost;
};

test("after a clean shutdown everything is there again", async () => {
  await start();
  await put("state");
  deployed();
  expect(await stop()).toBe(true);
  await start();
  expect(reported).toEqual([]);
  expect(readdirSync(home.emulatorState).sort()).toEqual(["lambda.json", "sqs.json"]);
  expect(readdirSync(home.emulatorObjects)).toEqual(["state"]);
  expect(isDeployed()).toEqual(all);
});

test("a killed emulator is reported as lost, with its signal", async () => {
  const lost = await killed();
  expect(lost.reason).toMatchObject({ name: "LocalCloudError" });
  expect(String(lost.reason)).toContain("SIGKILL");
  expect(String(lost.reason)).toContain("its state is lost");
  expect(await stop()).toBe(false);
});

test("an emulator that another program shuts down is lost too, but its state is not", async () => {
  const { pid, lost } = await start();
  process.kill(pid, "SIGTERM");
  await new Promise((resolve) => {
    lost.addEventListener("abort", resolve, { once: true });
  });
  expect(String(lost.reason)).toContain("its state was saved");
  expect(await stop()).toBe(true);
  await start();
  expect(reported).toEqual([]);
});

test("after kill -9 the next start begins empty, forgets what was applied, and says so once", async () => {
  await killed();
  await stop();
  await start();
  expect(reported).toEqual([expect.stringContaining("not shut down cleanly")]);
  expect([...readdirSync(home.emulatorState), ...readdirSync(home.emulatorObjects)]).toEqual([]);
  expect(isDeployed()).toEqual(none);
  expect(await stop()).toBe(true);
});

test("discarding touches nothing that is not the emulator's, nor what a link leads to", async () => {
  const outside = join(folder, "outside");
  mkdirSync(outside);
  writeFileSync(join(outside, "mine"), "");
  await killed();
  symlinkSync(outside, join(home.emulatorObjects, "link"));
  writeFileSync(join(home.folder, "notes.txt"), "");
  await stop();
  await start();
  expect(reported).toHaveLength(1);
  expect(existsSync(join(home.emulatorObjects, "link"))).toBe(false);
  expect([join(outside, "mine"), join(home.folder, "notes.txt")].map((path) => existsSync(path))).toEqual([
    true,
    true,
  ]);
});

test.each<FakeEnding>(["cannot save", "dies while it saves"])(
  "an emulator that %s has nothing to go on from",
  async (ending) => {
    await start();
    await stop();
    await start(ending);
    deployed();
    expect(await stop()).toBe(false);
    await start();
    expect(reported).toHaveLength(1);
    expect(isDeployed()).toEqual(none);
  },
);

test("a deployment that was cut off is not kept, however cleanly the emulator ends", async () => {
  await start();
  lock.note({ deployment: identityOf(process.pid) });
  expect(await stop()).toBe(false);
});

test("an emulator that never came up has changed nothing", async () => {
  await start();
  await put("state");
  await stop();
  const port = await freePort();
  lock = await lockHome(home, `http://127.0.0.1:${port}`);
  const program = join(folder, "broken");
  writeFileSync(program, "#!/bin/sh\nexit 3\n", { mode: 0o755 });
  const broken = { kind: "process", path: program } as const;
  await expect(
    startEmulator({ home, lock, program: broken, port, accountId: "111111111111", region: "eu-central-1" }),
  ).rejects.toThrow("ended before it responded");
  lock.release();
  await start();
  expect(reported).toEqual([]);
  expect(readdirSync(home.emulatorObjects)).toEqual(["state"]);
});

test("its TMPDIR, with the functions' code, is its own and is removed at its end", async () => {
  const before = readdirSync(tmpdir()).filter((name) => name.startsWith(tempPrefix));
  const { endpoint } = await start();
  const environment = z
    .record(z.string(), z.string())
    .parse(await (await fetch(`${endpoint}/environment`)).json());
  const temp = environment.TMPDIR ?? "";
  expect(readdirSync(temp)).toContain("ministack-lambda-tasks-dev-api-x");
  // Node looks for modules in all folders above the code: the repository's must not be among them.
  expect(temp.startsWith(join(tmpdir(), tempPrefix))).toBe(true);
  await stop();
  expect(readdirSync(tmpdir()).filter((name) => name.startsWith(tempPrefix))).toEqual(before);
});

test("servers that listen on all interfaces are off", async () => {
  const { endpoint } = await start();
  expect(await (await fetch(`${endpoint}/environment`)).json()).toMatchObject({
    BIND_HOST: "127.0.0.1",
    IOT_MTLS_ENABLED: "0",
    SFTP_ENABLED: "0",
  });
});

test("what the emulator has started ends with it", async () => {
  await start();
  await stop();
  const [, worker] = /worker (\d+)/.exec(readFileSync(home.emulatorLog, "utf8")) ?? [];
  expect(Number(worker)).toBeGreaterThan(0);
  // SIGKILL takes effect a moment later.
  const deadline = Date.now() + 4_000;
  while (identityOf(Number(worker)) !== undefined && Date.now() < deadline) await delay(20);
  expect(identityOf(Number(worker))).toBeUndefined();
});
