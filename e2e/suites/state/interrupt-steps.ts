import { GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { localClientConfig, stateClients } from "../../../packages/local-cloud/src/aws-clients";
import { terraformLauncher } from "../../../packages/local-cloud/src/terraform";
import { lockId } from "../../../packages/terraform-backend/src/backend";
import { bin, expectSuccess, script } from "../../support/command";
import { eventually } from "../../support/eventually";
import type { TestCloud } from "../../support/test-cloud";
import { locksHeld, wordsOf } from "./dead-apply";
import { HeldStack } from "./held-stack";

/** A `cdktf deploy` that is interrupted or killed, at once or while it writes the state. */
export function interruptSteps(local: () => TestCloud): void {
  const repair = (...parameters: string[]) =>
    script(local().cloud.env, "repair", "dev", "--aws", ...parameters);

  /** `npx cdktf deploy core-dev`, ended by a signal to all of its process group while it changes things. */
  async function endWhenHolding(stack: HeldStack, signal: NodeJS.Signals): Promise<void> {
    const { cloud } = local();
    const child = spawn(bin("cdktf"), ["deploy", "core-dev", "--auto-approve", "--skip-synth"], {
      env: {
        ...cloud.env,
        CDKTF_OUTPUT: stack.folder,
        TERRAFORM_BINARY_NAME: terraformLauncher,
        LOCAL_CLOUD_TERRAFORM: cloud.terraform.path,
      },
      stdio: "ignore",
      detached: true,
    });
    const exited = once(child, "exit");
    await eventually("the deployment to be held", 120, () => {
      if (child.exitCode !== null) throw new Error(`cdktf ended with ${child.exitCode}`);
      return Promise.resolve(stack.isHolding || undefined);
    });
    if (child.pid !== undefined) process.kill(-child.pid, signal);
    await exited;
  }
  const convergesAfter = async (stack: HeldStack, round: string) => {
    stack.change(round);
    await stack.apply();
    expect(await stack.isUpToDate()).toBe(true);
  };

  test.each(["SIGINT", "SIGKILL"] as const)(
    "Terraform outlives a cdktf deploy that %s ends, and releases the lock by itself",
    async (signal) => {
      const stack = HeldStack.copy(local(), `ended-by-${signal}`);
      stack.change(`ended by ${signal}`, "before");
      await endWhenHolding(stack, signal);
      await eventually("the lock to be released", 60, async () =>
        (await locksHeld(local())).length === 0 ? true : undefined,
      );
      await convergesAfter(stack, `ended by ${signal}`);
    },
  );

  test("a digest that is not that of the state names repair, which writes it anew", async () => {
    const { dynamodb } = stateClients(localClientConfig(local().cloud.target));
    const backend = local().cloud.config.backends.core;
    const TableName = backend.dynamodb_table;
    const Key = { LockID: { S: `${lockId(backend)}-md5` } };
    const stack = HeldStack.copy(local(), "digest");
    stack.change("digest 1");
    await stack.apply();
    const { Item: old } = await dynamodb.send(new GetItemCommand({ TableName, Key }));
    stack.change("digest 2");
    await stack.apply();
    // Killed after the state was written, and before its digest was.
    await dynamodb.send(new PutItemCommand({ TableName, Item: old }));
    const words = await stack.apply().then(
      () => "It was applied",
      (reason: unknown) => wordsOf({ status: "rejected", reason }),
    );
    expect(words).toContain("npm run cli -- repair dev");
    expectSuccess(await repair());
    expect(await stack.isUpToDate()).toBe(true);
    expect(await locksHeld(local())).toEqual([]);
  });
}
