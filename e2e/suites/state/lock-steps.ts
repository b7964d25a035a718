import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { eventually } from "../../support/eventually";
import type { TestCloud } from "../../support/test-cloud";
import { killWhenHolding, locksHeld, lockedMessage, releaseAsTold, wordsOf } from "./dead-apply";
import { HeldStack, type HoldAt } from "./held-stack";

const slowestSeconds = 4;
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
        const [lock] = await locksHeld(local());
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
        expect(words).toContain(`npm run cli -- locks dev --release ${lock.ID}`);
      }
      expect(await locksHeld(local())).toEqual([]);
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
      await releaseAsTold(local(), stack);
      await stack.apply();
      expect(await stack.isUpToDate()).toBe(true);
    },
  );
}
