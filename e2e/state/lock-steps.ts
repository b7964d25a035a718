import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../scripts/build/paths";
import { run } from "../../scripts/local/command";
import { localClientConfig, stateClients } from "../../scripts/local/aws-clients";
import { readLocks } from "../../scripts/state/lock-store";
import { expectSuccess } from "../support/command";
import { eventually } from "../support/eventually";
import type { TestCloud } from "../support/test-cloud";
import { HeldStack, type HoldAt } from "./held-stack";

const slowestSeconds = 4;
const lockedMessage =
  /^The state of core-dev is locked: \S+@\S+ has held it for \d+ (?:s|min), since \S+Z, to apply \(lock ([\w-]{36})\)\./;

const held = (local: TestCloud) =>
  readLocks(local.cloud.config, stateClients(localClientConfig(local.cloud.target)));

/** @returns how a rejected apply ended, in words */
const wordsOf = ({ reason }: PromiseRejectedResult): string =>
  reason instanceof Error ? reason.message : String(reason);

/** What happens when several are at work on one state, or one dies at it. */
export function lockSteps(local: () => TestCloud, rounds: number): void {
  let stacks: HeldStack[];
  beforeAll(() => {
    stacks = ["first", "second", "third", "fourth"].map((name) => HeldStack.copy(local(), name));
  });
  const numbers = Array.from({ length: rounds }, (_, round) => round);

  test.each(numbers)(
    "of four applies at once one wins, the others say who holds the lock: round %i",
    async (round) => {
      const release = join(local().home.folder, `release-${round}`);
      for (const stack of stacks) stack.change(`contest ${round}`, "before", release, slowestSeconds);
      const started = performance.now();
      const applies = stacks.map((stack) => stack.apply());
      const losers: PromiseRejectedResult[] = [];
      const outcomes = applies.map((apply) =>
        apply.then(
          () => performance.now(),
          (reason: unknown) => {
            losers.push({ status: "rejected", reason });
            return undefined;
          },
        ),
      );
      const lock = await eventually("the lock and three losers", 120, async () => {
        const [lock] = await held(local());
        return losers.length === 3 ? lock : undefined;
      });
      writeFileSync(release, "");
      const winners = (await Promise.all(outcomes)).filter((ended) => ended !== undefined);
      expect(winners).toHaveLength(1);
      expect(losers).toHaveLength(3);
      expect((winners[0] ?? 0) - started).toBeGreaterThan(slowestSeconds * 1000);
      for (const words of losers.map(wordsOf)) {
        expect(words).toMatch(lockedMessage);
        expect(lockedMessage.exec(words)?.[1]).toBe(lock.ID);
        expect(words).toContain(`npm run locks -- dev --release ${lock.ID}`);
      }
      expect(await held(local())).toEqual([]);
    },
  );

  test.each(numbers)(
    "an apply is killed, its lock released, and the next converges: round %i",
    async (round) => {
      const [stack] = stacks;
      if (stack === undefined) throw new Error("There is no stack");
      const at: HoldAt = round % 2 === 0 ? "after" : "before";
      stack.change(`killed ${round}`, at);
      await killWhenHolding(local(), stack);
      stack.change(`killed ${round}`);
      await releaseAsTold(stack);
      await stack.apply();
      expect(await stack.isUpToDate()).toBe(true);
    },
  );

  test("what a killed apply has created without keeping it is taken in by terraform import", async () => {
    const [stack] = stacks;
    if (stack === undefined) throw new Error("There is no stack");
    stack.policies.push("orphan");
    stack.change("orphaned", "after");
    await killWhenHolding(local(), stack);
    stack.change("orphaned");
    await releaseAsTold(stack);
    await expect(stack.apply()).rejects.toThrow(/EntityAlreadyExists/);
    const arn = `arn:aws:iam::${local().cloud.target.accountId}:policy/tasks-dev-orphan`;
    expectSuccess(await stack.terraform("import", "-input=false", "aws_iam_policy.orphan", arn));
    await stack.apply();
    expect(await stack.isUpToDate()).toBe(true);
  });

  /** Meets the lock of a dead apply, and does what the message says, as a person would paste it. */
  async function releaseAsTold(stack: HeldStack): Promise<void> {
    const words = await stack.apply().then(
      () => "It was applied",
      (reason: unknown) => wordsOf({ status: "rejected", reason }),
    );
    expect(words).toMatch(lockedMessage);
    const [, command = ""] = /has died: (.*)$/m.exec(words) ?? [];
    expectSuccess(await run("/bin/sh", ["-c", command], process.env, root));
    expect(await held(local())).toEqual([]);
  }
}

/** Terraform and all that it has started, ended at once while it changes things. */
async function killWhenHolding({ cloud }: TestCloud, stack: HeldStack): Promise<void> {
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
