import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { freePort, listenOnLoopback } from "../../packages/aws-stub/src/loopback";
import { Machine, type Started } from "../testing/machine";
import { lockHolder } from "../../packages/local-cloud/src/home-lock";
import { openState } from "../../packages/local-cloud/src/kept-state";
import { identityOf } from "../../packages/local-cloud/src/process-identity";

jest.setTimeout(60_000);
let machine: Machine;
afterEach(() => {
  machine.dispose();
});

/** A shell script's line by which it notes its process, and hangs. */
const hangs = () => `echo $$ > ${join(machine.folder, "hanging")}; exec /bin/sleep 600`;
const hanging = (): number => {
  const path = join(machine.folder, "hanging");
  return existsSync(path) ? Number(readFileSync(path, "utf8")) : 0;
};
async function until(isSo: () => boolean): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!isSo() && Date.now() < deadline) await delay(50);
  expect(isSo()).toBe(true);
}

/** One line, the exit code of the signal, and nothing that runs or blocks the next start. */
async function expectQuietEnd(started: Started, exitCode: number, line: string): Promise<void> {
  expect(await started.ended()).toBe(exitCode);
  const said = `${started.stdout}${started.stderr}`.split("\n").filter((text) => !/^(✓| {2}\w|$)/.test(text));
  expect(said).toEqual([line]);
  if (hanging() !== 0) expect(identityOf(hanging())).toBeUndefined();
  expect(lockHolder(machine.home)).toBeUndefined();
  expect(openState(machine.home)).toBeUndefined();
}

test("Ctrl-C while the emulator is being installed", async () => {
  machine = new Machine();
  machine.installTerraform();
  machine.install("python3", `case "$1" in -c) echo 3.12 ;; *) ${hangs()} ;; esac`);
  const started = machine.start();
  await until(() => hanging() > 0);
  started.child.kill("SIGINT");
  await expectQuietEnd(started, 130, "Stopped by SIGINT.");
});

test("SIGTERM while Terraform is being downloaded", async () => {
  let isAsked = false;
  const silent = createServer((socket) => {
    isAsked = true;
    socket.on("error", () => undefined).resume();
  });
  machine = new Machine(`http://127.0.0.1:${await listenOnLoopback(silent)}`);
  machine.installEmulator("exit 0");
  const started = machine.start();
  await until(() => isAsked);
  started.child.kill("SIGTERM");
  await expectQuietEnd(started, 143, "Stopped by SIGTERM.");
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
  await expectQuietEnd(started, exitCode, `Stopped by ${signal}.`);
});

test("its output's reader goes away, as in `npm start | head`", async () => {
  machine = new Machine();
  machine.installTerraform();
  machine.installEmulator(hangs());
  const started = machine.start("--port", String(await freePort()));
  started.child.stdout.destroy();
  // The first phase's line has nowhere to go.
  await expectQuietEnd(started, 129, "Stopped by SIGHUP.");
});
