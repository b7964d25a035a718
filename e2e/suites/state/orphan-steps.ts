import { expectSuccess } from "../../support/command";
import type { TestCloud } from "../../support/test-cloud";
import { killWhenHolding, releaseAsTold } from "./dead-apply";
import { HeldStack } from "./held-stack";

/** What docs/state.md says to do about resources that an apply made before it was killed. */
export function orphanSteps(local: () => TestCloud): void {
  test("what a killed apply has created without keeping it is taken in by terraform import", async () => {
    const stack = HeldStack.copy(local(), "orphaned");
    stack.change("before");
    await stack.apply();
    stack.policies.push("orphan");
    stack.change("orphaned", "after");
    await killWhenHolding(local(), stack);
    stack.change("orphaned");
    await releaseAsTold(local(), stack);
    await expect(stack.apply()).rejects.toThrow(/EntityAlreadyExists/);
    const arn = `arn:aws:iam::${local().cloud.target.accountId}:policy/tasks-dev-orphan`;
    expectSuccess(await stack.terraform("import", "-input=false", "aws_iam_policy.orphan", arn));
    await stack.apply();
    expect(await stack.isUpToDate()).toBe(true);
  });
}
