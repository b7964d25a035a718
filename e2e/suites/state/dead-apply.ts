import { spawn } from "node:child_process";
import { once } from "node:events";
import { root } from "../../../scripts/build/paths";
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

/** @returns how a rejected apply ended, in words */
export const wordsOf = ({ reason }: PromiseRejectedResult): string =>
  reason instanceof Error ? reason.message : String(reason);

/** Terraform and all that it has started, ended at once while it changes things. */
export async function killWhenHolding({ cloud }: TestCloud, stack: HeldStack): Promise<void> {
  const terraform = spawn(
    cloud.terraform.path,
    [`-chdir=${stack.stackFolder}`, "apply", "-auto-approve", "-input=false"],
    { env: cloud.env, stdio: "ignore", detached: true },
  );
  const ended = once(terraform, "exit");
  await eventually("the apply to be held", 120, () => {
    if (terraform.exitCode !== null) throw new Error(`Terraform ended with ${terraform.exitCode}`);
    return Promise.resolve(stack.isHolding || undefined);
  });
  if (terraform.pid !== undefined) process.kill(-terraform.pid, "SIGKILL");
  await ended;
}

/** Meets the lock of a dead apply, and does what the message says, as a person would paste it. */
export async function releaseAsTold(local: TestCloud, stack: HeldStack): Promise<void> {
  const words = await stack.apply().then(
    () => "It was applied",
    (reason: unknown) => wordsOf({ status: "rejected", reason }),
  );
  expect(words).toMatch(lockedMessage);
  const [, command = ""] = /has died: (.*)$/m.exec(words) ?? [];
  expectSuccess(await run("/bin/sh", ["-c", command], process.env, root));
  expect(await locksHeld(local)).toEqual([]);
}
