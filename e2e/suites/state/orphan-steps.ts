import { expectSuccess } from "../../support/command";
import type { TestCloud } from "../../support/test-cloud";
import { killWhenHeld, releaseAsPrinted } from "./killed-apply";
import { HeldStack } from "./held-stack";
import { devPrefix } from "../../support/names";

/** The procedure of docs/state.md for resources that a killed apply has created. */
export function orphanSteps(local: () => TestCloud): void {
  test("terraform import adds a resource to the state that a killed apply has created", async () => {
    const stack = HeldStack.copy(local(), "orphaned");
    stack.change("before");
    await stack.apply();
    stack.policies.push("orphan");
    stack.change("orphaned", "after");
    await killWhenHeld(local(), stack);
    stack.change("orphaned");
    await releaseAsPrinted(local(), stack);
    await expect(stack.apply()).rejects.toThrow(/EntityAlreadyExists/);
    const arn = `arn:aws:iam::${local().cloud.target.accountId}:policy/${devPrefix}-orphan`;
    expectSuccess(await stack.terraform("import", "-input=false", "aws_iam_policy.orphan", arn));
    await stack.apply();
    expect(await stack.isUpToDate()).toBe(true);
  });
}
