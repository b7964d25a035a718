import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { freePort, listenOnLoopback } from "../../packages/aws-stub/src/loopback";
import { Machine, type Started } from "../testing/machine";
import { lockHolder } from "../../packages/local-cloud/src/local-cloud-lock";
import { openState } from "../../packages/local-cloud/src/kept-state";
import { identityOf } from "../../packages/local-cloud/src/process-identity";

jest.setTimeout(60_000);
let machine: Machine;
afterEach(() => {
  machine.dispose();
});

/** A shell command that writes its process id to a file, and hangs. */
const hangs = () => `echo $$ > ${join(machine.folder, "hanging")}; exec /bin/sleep 600`;
const hanging = (): number => {
  const path = join(machine.folder, "hanging");
  return existsSync(path) ? Number(readFileSync(path, "utf8")) : 0;
};
async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!condition() && Date.now() < deadline) await delay(50);
  expect(condition()).toBe(true);
}

/** Expects one line of output, the signal's exit code, no process left, and no lock. */
async function expectCleanExit(started: Started, exitCode: number, line: string): Promise<void> {
  expect(await started.ended()).toBe(exitCode);
  const rest = `${started.stdout}${started.stderr}`.split("\n").filter((text) => !/^(✓| {2}\w|$)/.test(text));
  expect(rest).toEqual([line]);
  if (hanging() !== 0) expect(identityOf(hanging())).toBeUndefined();
  expect(lockHolder(machine.paths)).toBeUndefined();
  expect(openState(machine.paths)).toBeUndefined();
}

test("Ctrl-C while the emulator is being installed", async () => {
  machine = new Machine();
  machine.installTerraform();
  machine.install("python3", `case "$1" in -c) echo 3.12 ;; *) ${hangs()} ;; esac`);
  const started = machine.start();
  await until(() => hanging() > 0);
  started.child.kill("SIGINT");
  await expectCleanExit(started, 130, "Stopped by SIGINT.");
});

test("SIGTERM while Terraform is being downloaded", async () => {
  let isRequested = false;
  const silent = createServer((socket) => {
    isRequested = true;
    socket.on("error", () => undefined).resume();
  });
  machine = new Machine(`http://127.0.0.1:${await listenOnLoopback(silent)}`);
  machine.installEmulator("exit 0");
  const started = machine.start();
  await until(() => isRequested);
  started.child.kill("SIGTERM");
  await expectCleanExit(started, 143, "Stopped by SIGTERM.");
  await new Promise((resolve) => silent.close(resolve));
});

test.each([
  ["SIGHUP", 129],
  ["SIGINT", 130],
] as const)("%s while the emulator starts", async (signal, exitCode) => {
  machine = new Machine();
  machine.installTerraform();
  machine.installEmulator(hangs());
  const started = machine.start("--port", String(await freePort()));
  await until(() => hanging() > 0);
  started.child.kill(signal);
  await expectCleanExit(started, exitCode, `Stopped by ${signal}.`);
});

test("a closed output pipe stops it, as in `npm start | head`", async () => {
  machine = new Machine();
  machine.installTerraform();
  machine.installEmulator(hangs());
  const started = machine.start("--port", String(await freePort()));
  started.child.stdout.destroy();
  // The first line that is written fails with EPIPE.
  await expectCleanExit(started, 129, "Stopped by SIGHUP.");
});
