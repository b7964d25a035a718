import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { project } from "./project";
import { findOnPath, run } from "./command";
import { terraformLauncher } from "./terraform";
import { terraformVersion } from "./terraform-release";

jest.setTimeout(120_000);

let folder: string;
/** Process groups to kill after a test, in case it failed. */
let groups: number[] = [];
beforeEach(() => {
  folder = mkdtempSync("/tmp/t-");
  mkdirSync(join(folder, "bin"));
  for (const name of ["node", "sh", "env", "git", "ps"]) {
    const program = findOnPath(name);
    if (program !== undefined) symlinkSync(program, join(folder, "bin", name));
  }
});
afterEach(() => {
  for (const group of groups) endGroup(group);
  groups = [];
  rmSync(folder, { recursive: true });
});

/** Kills a process group, whose open pipes would keep Jest running. */
function endGroup(group: number): void {
  try {
    process.kill(-group, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** An environment as under npx, without Terraform and without access to HashiCorp. */
const machine = (): NodeJS.ProcessEnv => ({
  PATH: [join(project, "node_modules", ".bin"), join(folder, "bin")].join(":"),
  HOME: folder,
  LOCAL_CLOUD_HOME: join(folder, "home"),
  LOCAL_CLOUD_TOOLS: join(folder, "tools"),
  LOCAL_CLOUD_RELEASES_URL: "http://127.0.0.1:9",
  CHECKPOINT_DISABLE: "1",
  DISABLE_VERSION_CHECK: "1",
});

function writeProgram(path: string, script: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
}
const downloaded = () => join(folder, "tools", `terraform-${terraformVersion}`, "terraform");

/** Writes an empty synthesized stack. */
function writeStack(out: string): void {
  const synthesizedStackPath = "stacks/core-dev/cdk.tf.json";
  const about = { name: "core-dev", constructPath: "core-dev", annotations: [], dependencies: [] };
  mkdirSync(join(out, "stacks", "core-dev"), { recursive: true });
  const manifest = { version: "0.21.0", stacks: { "core-dev": { ...about, synthesizedStackPath } } };
  writeFileSync(join(out, "manifest.json"), JSON.stringify(manifest));
  const metadata = { backend: "local", stackName: "core-dev", version: "0.21.0", outputs: {} };
  writeFileSync(join(out, synthesizedStackPath), JSON.stringify({ "//": { metadata }, terraform: {} }));
}

test("without Terraform, npx cdktf prints where to get it", async () => {
  const out = join(folder, "out");
  writeStack(out);
  const cdktf = join(project, "node_modules", ".bin", "cdktf");
  const env = { ...machine(), CDKTF_OUTPUT: out };
  const { exitCode, stdout, stderr } = await run(cdktf, ["diff", "core-dev", "--skip-synth"], env, project);
  expect(exitCode).not.toBe(0);
  expect(`${stdout}${stderr}`).toContain("There is no Terraform ≥ 1.11 on PATH");
  expect(`${stdout}${stderr}`).toContain("developer.hashicorp.com/terraform/install");
  expect(`${stdout}${stderr}`).not.toContain("execvp");
});

test("the pinned release is used if PATH has no Terraform, or one that is too old", async () => {
  writeProgram(downloaded(), `echo "pinned: $* in $TMPDIR"`);
  const launch = () => run("terraform", ["version", "-json"], machine(), project);
  expect(await launch()).toMatchObject({ exitCode: 0, stdout: "pinned: version -json in \n" });
  writeProgram(join(folder, "bin", "terraform"), `echo '{"terraform_version":"1.10.5"}'`);
  expect(await launch()).toMatchObject({ exitCode: 0, stdout: "pinned: version -json in \n" });
});

test("a recent Terraform on PATH is used, with a TMPDIR that is short enough for its sockets", async () => {
  writeProgram(
    join(folder, "bin", "terraform"),
    `case "$1" in version) echo '{"terraform_version":"1.11.4"}';; *) echo "own: $* in $TMPDIR"; exit 7;; esac`,
  );
  const TMPDIR = join(folder, `long and ${"wide ".repeat(20)}`);
  mkdirSync(TMPDIR);
  const launch = (env: object) => run("terraform", ["plan", "-x"], { ...machine(), ...env }, project);
  expect(await launch({ TMPDIR })).toMatchObject({ exitCode: 7, stdout: "own: plan -x in /tmp\n" });
  const missing = await launch({ TMPDIR: join(folder, "missing") });
  expect(missing).toMatchObject({ exitCode: 1, stdout: "" });
  expect(missing.stderr).toContain(`${join(folder, "missing")} cannot be used for temporary files`);
});

test("launchers of other copies of the repository are skipped, and do not start each other", async () => {
  const others = ["first", "second"].map((name) => join(folder, name));
  for (const other of others) writeProgram(join(other, "terraform"), `exec ${terraformLauncher} "$@"`);
  writeProgram(
    join(folder, "bin", "terraform"),
    `case "$1" in version) echo '{"terraform_version":"1.11.4"}';; *) echo "own: $*";; esac`,
  );
  const { PATH = "" } = machine();
  const env = { ...machine(), PATH: [...others, PATH].join(":") };
  expect(await run(terraformLauncher, ["plan"], env, project)).toMatchObject({
    exitCode: 0,
    stdout: "own: plan\n",
  });
});

test.each(["core-dev", "core-dev-eu-west-1"])(
  "after a failed apply of %s, the hint of the project's package.json is printed",
  async (name) => {
    writeProgram(
      join(folder, "bin", "terraform"),
      `case "$1" in version) echo '{"terraform_version":"1.11.4"}';; *) exit 5;; esac`,
    );
    const stack = join(folder, name);
    mkdirSync(stack);
    const failed = await run(terraformLauncher, ["apply"], machine(), stack);
    expect(failed).toMatchObject({ exitCode: 5 });
    const { localCloud } = JSON.parse(readFileSync(join(project, "package.json"), "utf8"));
    expect(failed.stderr).toContain(String(localCloud.failureHint).replace("{environment}", "dev"));
    const { stderr } = await run(terraformLauncher, ["output"], machine(), stack);
    expect(stderr).not.toContain(String(localCloud.failureHint).slice(0, 20));
  },
);

test("a real provider starts under a TMPDIR that is too long for its socket", async () => {
  const stack = join(folder, "stack");
  const TMPDIR = join(folder, "long".repeat(25));
  for (const each of [stack, TMPDIR]) mkdirSync(each);
  const aws = { source: "hashicorp/aws", version: "5.100.0" };
  const provider = { aws: [{ region: "eu-central-1" }] };
  const main = { terraform: { required_providers: { aws } }, provider };
  writeFileSync(join(stack, "main.tf.json"), JSON.stringify(main));
  const env = { ...process.env, TMPDIR };
  for (const parameters of [
    ["init", "-no-color"],
    ["validate", "-no-color"],
  ]) {
    const { exitCode, stdout, stderr } = await run(terraformLauncher, parameters, env, stack);
    expect([exitCode, exitCode === 0 ? "" : `${stdout}${stderr}`]).toEqual([0, ""]);
  }
});

/** Waits until a file exists. */
async function untilExists(path: string, child: ChildProcess): Promise<void> {
  while (!existsSync(path)) {
    if (child.exitCode !== null) throw new Error(`Terraform ended with exit code ${child.exitCode}`);
    await new Promise(setImmediate);
  }
}

test.each([
  ["Ctrl-C, which the terminal and npm both send", ["SIGINT", "SIGINT"]],
  ["a terminal that is closed, as cdktf does on Ctrl-C", ["SIGHUP"]],
  ["a workflow that is cancelled", ["SIGINT", "SIGTERM"]],
] as const)("Terraform is interrupted once and can finish: %s", async (_what, signals) => {
  const interrupts = join(folder, "interrupts");
  const started = join(folder, "started");
  const fake = join(folder, "fake");
  writeProgram(
    fake,
    `trap 'echo INT >> ${interrupts}; stop=1' INT; trap 'echo TERM >> ${interrupts}' TERM HUP
    echo $$ > ${started}.part; mv ${started}.part ${started}; while [ -z "$stop" ]; do sleep 0.05; done; sleep 0.3; echo unlocked; exit 3`,
  );
  const child = spawn(terraformLauncher, ["apply"], {
    env: { PATH: process.env.PATH, LOCAL_CLOUD_TERRAFORM: fake },
    stdio: ["ignore", "pipe", "inherit"],
    detached: true,
  });
  if (child.pid !== undefined) groups.push(child.pid);
  let output = "";
  child.stdout.on("data", (chunk) => (output += String(chunk)));
  const closed = once(child, "close");
  await untilExists(started, child);
  groups.push(Number(readFileSync(started, "utf8")));
  for (const signal of signals) if (child.pid !== undefined) process.kill(-child.pid, signal);
  expect(await closed).toEqual([3, null]);
  expect(output).toBe("unlocked\n");
  expect(readFileSync(interrupts, "utf8")).toBe("INT\n");
});
