import type { ChildProcess } from "node:child_process";
import type { LockRecord } from "./home-lock";

/** Something the local cloud cannot do. Its message is meant to be read as it is, without a stack. */
export class LocalCloudError extends Error {
  override readonly name = "LocalCloudError";
}

/** What happened, what was expected, what to do next: a line each. */
export const say = (happened: string, expected: string, next: string, cause?: unknown) =>
  new LocalCloudError(`${happened}\n  expected  ${expected}\n  next      ${next}`, { cause });

export const noPython = (found: string) =>
  say(
    `Python is missing or too old: ${found}.`,
    "python3 or python on PATH, 3.10 or newer; the emulator runs on it",
    "install it from https://www.python.org/downloads/ or with your system's package manager",
  );

export const pythonToolNotInstalled = (name: string, reason: string) =>
  say(
    `${name} could not be installed: ${reason}`,
    `PyPI to answer (${name} and what it needs come from there, pinned by hash)`,
    "check the network or pip's index, then start again",
  );

export const terraformNotDownloaded = (url: string, reason: string) =>
  say(
    `There is no Terraform ≥ 1.11 on PATH, and ${url} could not be downloaded: ${reason}`,
    "a Terraform on PATH, or a connection to HashiCorp's releases",
    "install Terraform from https://developer.hashicorp.com/terraform/install or check the network",
  );

export const terraformHasWrongHash = (url: string, expected: string, found: string) =>
  say(
    `${url} is not the Terraform that was asked for, and was thrown away.`,
    `SHA-256 ${expected}, found ${found}`,
    "start again; if it happens twice, something on the way changes downloads",
  );

export const noTerraformForPlatform = (platform: string) =>
  say(
    `There is no Terraform ≥ 1.11 on PATH, and none is pinned for ${platform}.`,
    "a Terraform on PATH",
    "install it from https://developer.hashicorp.com/terraform/install",
  );

export const portTaken = (port: number, holder: string) =>
  say(
    `Port ${port} is taken${holder}.`,
    "a free port for the emulator",
    `stop what holds it, or choose another: npm start -- --port ${port + 1}`,
  );

export const alreadyRunning = ({ holder, endpoint, since, emulator }: LockRecord) =>
  say(
    `The local cloud is already running at ${endpoint}: process ${holder.pid}, since ${since}${
      emulator === undefined ? "" : `, with the emulator as process ${emulator.pid}`
    }.`,
    "one local cloud for each state folder",
    `use it, stop it (Ctrl-C where it was started, or: kill ${holder.pid}), or set LOCAL_CLOUD_HOME to another folder`,
  );

/** @param isKept whether it saved its state */
export const emulatorLost = (
  { exitCode, signalCode }: Pick<ChildProcess, "exitCode" | "signalCode">,
  log: string,
  isKept: boolean,
) =>
  say(
    `The emulator ended without having been stopped: ${signalCode ?? `exit code ${exitCode ?? "unknown"}`}.`,
    "it to run until Ctrl-C",
    isKept
      ? "start again: its state was saved"
      : `start again: its state is lost, and everything is deployed again (its log is ${log})`,
  );

export const emulatorDied = (log: string, lastLines: string) =>
  say(
    `The emulator ended before it answered. It said last:\n${lastLines}`,
    "it to answer on its port",
    `read ${log}, then start again`,
  );

export const emulatorSilent = (seconds: number, log: string) =>
  say(
    `The emulator did not answer within ${seconds} s.`,
    "it to answer on its port",
    `read ${log}, then start again`,
  );

export const notLoopback = (endpoint: string) =>
  say(
    `${endpoint} is not on this machine.`,
    "a loopback address: 127.0.0.1, localhost or [::1]; the local cloud never reaches a real account",
    "unset AWS_ENDPOINT_URL, or give the emulator's address",
  );

export const commandFailed = (command: string, exitCode: number | null, output: string) =>
  say(
    `${command} failed${exitCode === null ? "" : ` with ${exitCode}`}:\n${output}`,
    "it to succeed",
    "read its words above",
  );

export const deployFailed = (what: string, log: string, lastLines: string) =>
  say(
    `${what} failed:\n${lastLines}`,
    "Terraform to finish",
    `read ${log}, mend the cause and start again: what was done is kept`,
  );

export const noAnswer = (url: string, expected: string, found: string) =>
  say(
    `${url} did not answer as it should: ${found}.`,
    expected,
    "npm run destroy -- dev, then npm start, starts from nothing",
  );

/** @param settings what to change, the one that decides first */
export const stillProtected = (environment: string, settings: readonly string[]) =>
  say(
    `${environment} is protected, and nothing of it was touched.`,
    `an environment whose tfvars say otherwise; here they have to, in this order:\n${settings
      .map((setting, index) => `    ${index + 1}. ${setting}`)
      .join("\n")}`,
    `have that reviewed, apply it (npx cdktf deploy '*-${environment}'), then destroy`,
  );
