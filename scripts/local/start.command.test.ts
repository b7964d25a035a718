import { createServer, type Server } from "node:net";
import { promisify } from "node:util";
import { environmentNames } from "../../deploy/config/environments";
import { listenOnLoopback } from "../../packages/aws-stub/src/loopback";
import { Machine } from "../testing/machine";
import { lockHolder } from "../../packages/local-cloud/src/home-lock";

jest.setTimeout(60_000);
let machine: Machine;
let server: Server | undefined;

beforeEach(() => {
  machine = new Machine();
});
afterEach(async () => {
  if (server !== undefined) await promisify(server.close.bind(server))();
  server = undefined;
  machine.dispose();
});

/** It ends by itself, with a message of three parts and no stack, and leaves nothing that runs. */
async function expectClearFailure(parameters: string[], ...words: string[]): Promise<void> {
  const started = machine.start(...parameters);
  expect(await started.ended()).toBe(1);
  for (const word of [...words, "\n  expected  ", "\n  next      "]) expect(started.stderr).toContain(word);
  expect(started.stderr).not.toMatch(/\n\s+at .*\.ts:/);
  expect(lockHolder(machine.home)).toBeUndefined();
}

test("Python missing", async () => {
  machine.installTerraform();
  await expectClearFailure([], "Python is missing or too old: there is none on PATH", "3.10 or newer");
});

test("Python too old", async () => {
  machine.installTerraform();
  machine.install("python3", "echo 3.8");
  await expectClearFailure([], "bin/python3 is 3.8", "3.10 or newer");
});

test("Terraform missing, and no way to HashiCorp", async () => {
  machine.installEmulator("exit 0");
  await expectClearFailure([], "There is no Terraform ≥ 1.11 on PATH", "could not be downloaded");
});

test("Terraform too old, and no way to HashiCorp", async () => {
  machine.installEmulator("exit 0");
  machine.install("terraform", `echo '{"terraform_version":"1.10.5"}'`);
  await expectClearFailure([], "There is no Terraform ≥ 1.11 on PATH", "developer.hashicorp.com");
});

test("the port taken", async () => {
  machine.installEmulator("exit 0");
  machine.installTerraform();
  const taken = createServer();
  server = taken;
  const port = await listenOnLoopback(taken);
  await expectClearFailure(["--port", String(port)], `Port ${port} is taken`, `--port ${port + 1}`);
});

test("the emulator ends on the way", async () => {
  machine.installEmulator("echo 'something broke' >&2; exit 3");
  machine.installTerraform();
  await expectClearFailure(
    ["--port", "47123"],
    "The emulator ended before it responded",
    "something broke",
    "emulator.log",
  );
});

test.each([
  [["nowhere"], `Expected one of the environments ${environmentNames().join(", ")}, found "nowhere"`],
  [["--port", "many"], 'Expected a port from 1 to 65535, found "many"'],
  [["--colour"], "Unknown option '--colour'"],
])("the command line %p", async (parameters, message) => {
  const started = machine.start(...parameters);
  expect(await started.ended()).toBe(2);
  expect(started.stderr).toContain(message);
});
