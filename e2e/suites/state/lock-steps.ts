import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { messageOf } from "../../../scripts/core/errors";
import { eventually } from "../../support/eventually";
import type { TestCloud } from "../../support/test-cloud";
import { killWhenHeld, locksHeld, lockedMessage, releaseAsPrinted } from "./killed-apply";
import { HeldStack, type HoldAt } from "./held-stack";

/** Shortest duration of an apply, so that the others fail before it ends. */
const minSeconds = 4;

/** Concurrent and killed applies of one state. */
export function lockSteps(local: () => TestCloud, rounds: number): void {
  let stacks: HeldStack[];
  beforeAll(() => {
    stacks = ["first", "second", "third", "fourth"].map((name) => HeldStack.copy(local(), name));
  });
  const numbers = Array.from({ length: rounds }, (_, round) => round);

  test.each(numbers)(
    "one of four concurrent applies succeeds, and the errors of the others name the holder of the lock: round %i",
    async (round) => {
      const release = join(local().home.folder, `release-${round}`);
      for (const stack of stacks) stack.change(`contest ${round}`, "before", release, minSeconds);
      const started = performance.now();
      const applies = stacks.map((stack) => stack.apply());
      const failures: string[] = [];
      const outcomes = applies.map((apply) =>
        apply.then(
          () => performance.now(),
          (reason: unknown) => {
            failures.push(messageOf(reason));
            return undefined;
          },
        ),
      );
      const lock = await eventually("one apply holds the lock, and three have failed", 120, async () => {
        const [lock] = await locksHeld(local());
        return failures.length === 3 ? lock : undefined;
      });
      writeFileSync(release, "");
      const ends = (await Promise.all(outcomes)).filter((ended) => ended !== undefined);
      expect(ends).toHaveLength(1);
      expect(failures).toHaveLength(3);
      expect((ends[0] ?? 0) - started).toBeGreaterThan(minSeconds * 1000);
      for (const message of failures) {
        expect(message).toMatch(lockedMessage);
        expect(lockedMessage.exec(message)?.[1]).toBe(lock.ID);
        expect(message).toContain(`npm run cli -- locks dev --release ${lock.ID}`);
      }
      expect(await locksHeld(local())).toEqual([]);
    },
  );

  test.each(numbers)(
    "after an apply is killed and its lock released, the next apply succeeds: round %i",
    async (round) => {
      const [stack] = stacks;
      if (stack === undefined) throw new Error("Expected a stack, found none");
      const at: HoldAt = round % 2 === 0 ? "after" : "before";
      stack.change(`killed ${round}`, at);
      await killWhenHeld(local(), stack);
      stack.change(`killed ${round}`);
      await releaseAsPrinted(local(), stack);
      await stack.apply();
      expect(await stack.isUpToDate()).toBe(true);
    },
  );
}
