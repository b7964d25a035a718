import type { ChildProcess } from "node:child_process";
import type { LockRecord } from "./lock-record";

/** The local cloud cannot continue. The message is complete without the stack. */
export class LocalCloudError extends Error {
  override readonly name = "LocalCloudError";
}

/** What happened, what was expected, what to do next: one line each. */
const localCloudError = (happened: string, expected: string, next: string, cause?: unknown) =>
  new LocalCloudError(`${happened}\n  expected  ${expected}\n  next      ${next}`, { cause });

export const noPython = (found: string) =>
  localCloudError(
    `Python is missing or too old: ${found}.`,
    "python3 or python on PATH, 3.10 or newer; the emulator runs on it",
    "install it from https://www.python.org/downloads/ or with your system's package manager",
  );

export const pythonToolNotInstalled = (name: string, reason: string) =>
  localCloudError(
    `${name} could not be installed: ${reason}`,
    `a connection to PyPI, which has ${name} and its dependencies, pinned by hash`,
    "check the network or pip's index, then retry",
  );

export const terraformNotDownloaded = (url: string, reason: string) =>
  localCloudError(
    `There is no Terraform ≥ 1.11 on PATH, and ${url} could not be downloaded: ${reason}`,
    "a Terraform on PATH, or a connection to HashiCorp's releases",
    "install Terraform from https://developer.hashicorp.com/terraform/install or check the network",
  );

export const terraformHasWrongHash = (url: string, expected: string, found: string) =>
  localCloudError(
    `${url} is not the expected Terraform, and was deleted.`,
    `SHA-256 ${expected}, found ${found}`,
    "retry; if it happens twice, a proxy may change downloads",
  );

export const noTerraformForPlatform = (platform: string) =>
  localCloudError(
    `There is no Terraform ≥ 1.11 on PATH, and none is pinned for ${platform}.`,
    "a Terraform on PATH",
    "install it from https://developer.hashicorp.com/terraform/install",
  );

export const portTaken = (port: number, holder: string) =>
  localCloudError(
    `Port ${port} is in use${holder}.`,
    "a free port for the emulator",
    `stop the process that uses it, or choose another: npm start -- --port ${port + 1}`,
  );

export const alreadyRunning = ({ holder, endpoint, since, emulator }: LockRecord) =>
  localCloudError(
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
  localCloudError(
    `The emulator ended without having been stopped: ${signalCode ?? `exit code ${exitCode ?? "unknown"}`}.`,
    "the emulator to run until Ctrl-C",
    `read its log, ${log}, then start again: ${
      isKept
        ? "its state was saved, and the next start uses it"
        : "its state is lost, and the next start deploys everything again"
    }`,
  );

export const emulatorDied = (log: string, lastLines: string) =>
  localCloudError(
    `The emulator ended before it responded. The end of its log:\n${lastLines}`,
    "a response on its port",
    `read ${log}, then start again`,
  );

export const emulatorSilent = (seconds: number, log: string) =>
  localCloudError(
    `The emulator did not respond within ${seconds} s.`,
    "a response on its port",
    `read ${log}, then start again`,
  );

export const notLoopback = (endpoint: string) =>
  localCloudError(
    `${endpoint} is not on this machine.`,
    "a loopback address: 127.0.0.1, localhost or [::1]; the local cloud never reaches a real account",
    "unset AWS_ENDPOINT_URL, or set it to the emulator's address",
  );
