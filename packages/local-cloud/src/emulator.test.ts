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
import { acquireLock } from "./acquire-lock";
import { startEmulator, tempPrefix, type Emulator } from "./emulator";
import { localPaths, type LocalPaths } from "./local-paths";
import type { LocalCloudLock } from "./local-cloud-lock";
import { identityOf } from "./process-identity";

jest.setTimeout(30_000);
let folder: string;
let paths: LocalPaths;
let lock: LocalCloudLock;
let emulator: Emulator | undefined;
let reported: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "emulator-"));
  paths = localPaths({ LOCAL_CLOUD_HOME: join(folder, "home") });
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
  lock = await acquireLock(paths, `http://127.0.0.1:${port}`);
  emulator = await startEmulator({
    ...{ paths, lock, port, accountId: "111111111111", region: "eu-central-1" },
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
  writeFileSync(paths.applied("dev"), "{}");
  mkdirSync(join(paths.stacks, "stacks", "app-dev", ".terraform"), { recursive: true });
  writeFileSync(paths.outputs, "{}");
};
const isDeployed = () => [paths.applied("dev"), paths.stacks, paths.outputs].map((path) => existsSync(path));
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

test("after a clean shutdown the state is restored", async () => {
  await start();
  await put("state");
  deployed();
  expect(await stop()).toBe(true);
  await start();
  expect(reported).toEqual([]);
  expect(readdirSync(paths.emulatorState).sort()).toEqual(["lambda.json", "sqs.json"]);
  expect(readdirSync(paths.emulatorObjects)).toEqual(["state"]);
  expect(isDeployed()).toEqual(all);
});

test("a killed emulator is reported as lost, with its signal", async () => {
  const lost = await killed();
  expect(lost.reason).toMatchObject({ name: "LocalCloudError" });
  expect(String(lost.reason)).toContain("SIGKILL");
  expect(String(lost.reason)).toContain(`read its log, ${paths.emulatorLog}, `);
  expect(String(lost.reason)).toContain("the next start deploys everything again");
  expect(await stop()).toBe(false);
});

test("an emulator that another program stops is lost, but its state is kept", async () => {
  const { pid, lost } = await start();
  process.kill(pid, "SIGTERM");
  await new Promise((resolve) => {
    lost.addEventListener("abort", resolve, { once: true });
  });
  expect(String(lost.reason)).toContain("the next start uses it");
  expect(await stop()).toBe(true);
  await start();
  expect(reported).toEqual([]);
});

test("after kill -9 the next start is empty, discards records of deployments, and reports it once", async () => {
  await killed();
  await stop();
  await start();
  expect(reported).toEqual([expect.stringContaining("not shut down cleanly")]);
  expect([...readdirSync(paths.emulatorState), ...readdirSync(paths.emulatorObjects)]).toEqual([]);
  expect(isDeployed()).toEqual(none);
  expect(await stop()).toBe(true);
});

test("discarding removes only the emulator's files, and does not follow links", async () => {
  const outside = join(folder, "outside");
  mkdirSync(outside);
  writeFileSync(join(outside, "mine"), "");
  await killed();
  symlinkSync(outside, join(paths.emulatorObjects, "link"));
  writeFileSync(join(paths.folder, "notes.txt"), "");
  await stop();
  await start();
  expect(reported).toHaveLength(1);
  expect(existsSync(join(paths.emulatorObjects, "link"))).toBe(false);
  expect([join(outside, "mine"), join(paths.folder, "notes.txt")].map((path) => existsSync(path))).toEqual([
    true,
    true,
  ]);
});

test.each<FakeEnding>(["cannot save", "dies while it saves"])(
  "an emulator that %s does not keep its state",
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

test("the state of an interrupted deployment is not kept", async () => {
  await start();
  lock.update({ deployment: identityOf(process.pid) });
  expect(await stop()).toBe(false);
});

test("an emulator that fails to start keeps the state", async () => {
  await start();
  await put("state");
  await stop();
  const port = await freePort();
  lock = await acquireLock(paths, `http://127.0.0.1:${port}`);
  const program = join(folder, "broken");
  writeFileSync(program, "#!/bin/sh\nexit 3\n", { mode: 0o755 });
  const broken = { kind: "process", path: program } as const;
  await expect(
    startEmulator({ paths, lock, program: broken, port, accountId: "111111111111", region: "eu-central-1" }),
  ).rejects.toThrow("ended before it responded");
  lock.release();
  await start();
  expect(reported).toEqual([]);
  expect(readdirSync(paths.emulatorObjects)).toEqual(["state"]);
});

test("its TMPDIR, with the functions' code, is separate and removed", async () => {
  const before = readdirSync(tmpdir()).filter((name) => name.startsWith(tempPrefix));
  const { endpoint } = await start();
  const environment = z
    .record(z.string(), z.string())
    .parse(await (await fetch(`${endpoint}/environment`)).json());
  const temp = environment.TMPDIR ?? "";
  expect(readdirSync(temp)).toContain("ministack-lambda-tasks-dev-api-x");
  // Not below the repository: Node would find its node_modules.
  expect(temp.startsWith(join(tmpdir(), tempPrefix))).toBe(true);
  await stop();
  expect(readdirSync(tmpdir()).filter((name) => name.startsWith(tempPrefix))).toEqual(before);
});

test("servers that listen on all interfaces are disabled", async () => {
  const { endpoint } = await start();
  expect(await (await fetch(`${endpoint}/environment`)).json()).toMatchObject({
    BIND_HOST: "127.0.0.1",
    IOT_MTLS_ENABLED: "0",
    SFTP_ENABLED: "0",
  });
});

test("child processes of the emulator end with it", async () => {
  await start();
  await stop();
  const [, worker] = /worker (\d+)/.exec(readFileSync(paths.emulatorLog, "utf8")) ?? [];
  expect(Number(worker)).toBeGreaterThan(0);
  // SIGKILL takes effect a moment later.
  const deadline = Date.now() + 4_000;
  while (identityOf(Number(worker)) !== undefined && Date.now() < deadline) await delay(20);
  expect(identityOf(Number(worker))).toBeUndefined();
});
