import { spawn } from "node:child_process";
import { once } from "node:events";
import { root } from "../../../scripts/build/paths";
import { messageOf } from "../../../scripts/core/errors";
import { localClientConfig, stateClients } from "../../../packages/local-cloud/src/aws-clients";
import { run } from "../../../packages/local-cloud/src/command";
import { readLocks } from "../../../scripts/state/locks";
import { expectSuccess } from "../../support/command";
import { eventually } from "../../support/eventually";
import type { TestCloud } from "../../support/test-cloud";
import type { HeldStack } from "./held-stack";

export const lockedMessage =
  /^The state of core-dev is locked: \S+@\S+ has held it for \d+ (?:s|min), since \S+Z, to apply \(lock ([\w-]{36})\)\./;

export const locksHeld = (local: TestCloud) =>
  readLocks(local.cloud.config, stateClients(localClientConfig(local.cloud.target)));

/** Kills Terraform and its child processes during an apply, when the stack holds it. */
export async function killWhenHeld({ cloud }: TestCloud, stack: HeldStack): Promise<void> {
  const terraform = spawn(
    cloud.terraform.path,
    [`-chdir=${stack.stackFolder}`, "apply", "-auto-approve", "-input=false"],
    { env: cloud.env, stdio: "ignore", detached: true },
  );
  const ended = once(terraform, "exit");
  await eventually("the apply is held", 120, () => {
    if (terraform.exitCode !== null)
      throw new Error(`Expected a held apply, found its end with exit code ${terraform.exitCode}`);
    return Promise.resolve(stack.isHeld || undefined);
  });
  if (terraform.pid !== undefined) process.kill(-terraform.pid, "SIGKILL");
  await ended;
}

/** Applies a stack that a killed apply has locked, and runs the command that the error prints to release the lock. */
export async function releaseAsPrinted(local: TestCloud, stack: HeldStack): Promise<void> {
  const message = await stack.apply().then(() => "applied", messageOf);
  expect(message).toMatch(lockedMessage);
  const [, command = ""] = /was killed: (.*)$/m.exec(message) ?? [];
  expectSuccess(await run("/bin/sh", ["-c", command], process.env, root));
  expect(await locksHeld(local)).toEqual([]);
}
