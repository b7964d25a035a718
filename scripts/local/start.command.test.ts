import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { environmentNames } from "../../deploy/config/environments";
import { listenOnLoopback } from "../../packages/aws-stub/src/loopback";
import { run } from "../../packages/local-cloud/src/command";
import { Machine } from "../testing/machine";
import { lockHolder } from "../../packages/local-cloud/src/local-cloud-lock";

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

/** Expects exit code 1, a message of three parts without a stack, and no lock. */
async function expectClearFailure(parameters: string[], ...parts: string[]): Promise<void> {
  const started = machine.start(...parameters);
  expect(await started.ended()).toBe(1);
  for (const part of [...parts, "\n  expected  ", "\n  next      "]) expect(started.stderr).toContain(part);
  expect(started.stderr).not.toMatch(/\n\s+at .*\.ts:/);
  expect(lockHolder(machine.paths)).toBeUndefined();
}

test("Python is missing", async () => {
  machine.installTerraform();
  await expectClearFailure([], "Python is missing or too old: there is none on PATH", "3.10 or newer");
});

test("Python is too old", async () => {
  machine.installTerraform();
  machine.install("python3", "echo 3.8");
  await expectClearFailure([], "bin/python3 is 3.8", "3.10 or newer");
});

test("Terraform is missing, and HashiCorp is unreachable", async () => {
  machine.installEmulator("exit 0");
  await expectClearFailure([], "There is no Terraform ≥ 1.11 on PATH", "could not be downloaded");
});

test("Terraform is too old, and HashiCorp is unreachable", async () => {
  machine.installEmulator("exit 0");
  machine.install("terraform", `echo '{"terraform_version":"1.10.5"}'`);
  await expectClearFailure([], "There is no Terraform ≥ 1.11 on PATH", "developer.hashicorp.com");
});

test("the port is in use", async () => {
  machine.installEmulator("exit 0");
  machine.installTerraform();
  const taken = createServer();
  server = taken;
  const port = await listenOnLoopback(taken);
  await expectClearFailure(["--port", String(port)], `Port ${port} is in use`, `--port ${port + 1}`);
});

test("the emulator exits before it responds", async () => {
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
])("invalid arguments %p", async (parameters, message) => {
  const started = machine.start(...parameters);
  expect(await started.ended()).toBe(2);
  expect(started.stderr).toContain(message);
});

test.each([
  ["a terminal", true, {}, "true"],
  ["a terminal with NO_COLOR", true, { NO_COLOR: "1" }, "false"],
  ["a pipe", false, {}, "false"],
])(
  "log lines have colours on a terminal unless NO_COLOR is set: %s",
  async (_what, isTerminal, variables, expected) => {
    const program = `const { showsColours } = require(${JSON.stringify(join(__dirname, "../../packages/local-cloud/src/log-line.ts"))});
    console.log("colours: " + Boolean(showsColours(process.stdout)));`;
    const node = [process.execPath, "--import", "tsx", "--eval", program];
    const command = isTerminal
      ? ["python3", "-c", "import pty, sys; pty.spawn(sys.argv[1:])", ...node]
      : node;
    const [first = "", ...parameters] = command;
    const env = { PATH: process.env.PATH, HOME: process.env.HOME, TERM: "xterm-256color", ...variables };
    const { stdout } = await run(first, parameters, env, join(__dirname, "..", ".."));
    expect(stdout).toContain(`colours: ${expected}`);
  },
);
