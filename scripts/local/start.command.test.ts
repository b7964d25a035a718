import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { environmentNames } from "../../deploy/shared/environments";
import { root } from "../build/paths";
import { listenOnLoopback } from "../testing/loopback";
import { run } from "./command";
import { pythonTool } from "./ministack";
import { pythonToolFolder } from "./python-tool";

/** A machine of which only these programs are on PATH. */
interface Machine {
  readonly folder: string;
  readonly start: (...parameters: string[]) => ReturnType<typeof run>;
  readonly install: (program: string, script: string) => void;
}

let machine: Machine;
let server: Server | undefined;

beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), "machine-"));
  const bin = join(folder, "bin");
  mkdirSync(bin);
  symlinkSync(process.execPath, join(bin, "node"));
  machine = {
    folder,
    start: (...parameters) =>
      run(join(root, "node_modules", ".bin", "tsx"), [join(root, "scripts/local/start.ts"), ...parameters], {
        // sh and env, for scripts; neither Python nor Terraform is there.
        PATH: [bin, join(folder, "system")].join(delimiter),
        LOCAL_CLOUD_HOME: join(folder, "home"),
        LOCAL_CLOUD_TOOLS: join(folder, "tools"),
        LOCAL_CLOUD_RELEASES_URL: "http://127.0.0.1:9",
      }),
    install: (program, script) => {
      writeFileSync(join(bin, program), `#!/bin/sh\n${script}\n`);
      chmodSync(join(bin, program), 0o755);
    },
  };
});
afterEach(async () => {
  if (server !== undefined) await promisify(server.close.bind(server))();
  server = undefined;
  rmSync(machine.folder, { recursive: true });
});

const recentTerraform = `echo '{"terraform_version":"1.11.4"}'`;

/** The emulator, as if it had been installed before. */
function installEmulator(script: string): void {
  const tools = join(machine.folder, "tools");
  const path = join(pythonToolFolder(pythonTool, { tools }), "bin", "ministack");
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  writeFileSync(join(dirname(path), "..", "complete"), "");
}

/** It ended by itself, with a message of three parts and no stack, and left nothing that runs. */
function expectClearFailure({ exitCode, stderr }: Awaited<ReturnType<typeof run>>, ...words: string[]): void {
  expect(exitCode).toBe(1);
  for (const word of [...words, "\n  expected  ", "\n  next      "]) expect(stderr).toContain(word);
  expect(stderr).not.toMatch(/\n\s+at .*\.ts:/);
  expect(existsSync(join(machine.folder, "home", "emulator.pid"))).toBe(false);
}

test("Python missing", async () => {
  machine.install("terraform", recentTerraform);
  expectClearFailure(
    await machine.start(),
    "Python is missing or too old: there is none on PATH",
    "3.10 or newer",
  );
});

test("Python too old", async () => {
  machine.install("terraform", recentTerraform);
  machine.install("python3", "echo 3.8");
  expectClearFailure(await machine.start(), "bin/python3 is 3.8", "3.10 or newer");
});

test("Terraform missing, and no way to HashiCorp", async () => {
  installEmulator("exit 0");
  expectClearFailure(
    await machine.start(),
    "There is no Terraform ≥ 1.11 on PATH",
    "could not be downloaded",
  );
});

test("Terraform too old, and no way to HashiCorp", async () => {
  installEmulator("exit 0");
  machine.install("terraform", `echo '{"terraform_version":"1.10.5"}'`);
  expectClearFailure(
    await machine.start(),
    "There is no Terraform ≥ 1.11 on PATH",
    "developer.hashicorp.com",
  );
});

test("the port taken", async () => {
  installEmulator("exit 0");
  machine.install("terraform", recentTerraform);
  const taken = createServer();
  server = taken;
  const port = await listenOnLoopback(taken);
  expectClearFailure(
    await machine.start("--port", String(port)),
    `Port ${port} is taken`,
    `--port ${port + 1}`,
  );
});

test("the emulator ends on the way", async () => {
  installEmulator("echo 'something broke' >&2; exit 3");
  machine.install("terraform", recentTerraform);
  const ended = await machine.start("--port", "47123");
  expectClearFailure(ended, "The emulator ended before it answered", "something broke", "emulator.log");
});

test.each([
  [["nowhere"], `Expected one of the environments ${environmentNames().join(", ")}, found "nowhere"`],
  [["--port", "many"], 'Expected a port from 1 to 65535, found "many"'],
  [["--colour"], "Unknown option '--colour'"],
])("the command line %p", async (parameters, message) => {
  const { exitCode, stderr } = await machine.start(...parameters);
  expect(exitCode).toBe(1);
  expect(stderr).toContain(message);
});
