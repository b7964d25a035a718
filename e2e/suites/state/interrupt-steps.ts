import { GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { localClientConfig, stateClients } from "../../../packages/local-cloud/src/aws-clients";
import { terraformLauncher } from "../../../packages/local-cloud/src/terraform";
import { lockId } from "../../../packages/terraform-backend/src/backend";
import { bin, expectSuccess, script } from "../../support/command";
import { eventually } from "../../support/eventually";
import type { TestCloud } from "../../support/test-cloud";
import { locksHeld } from "./killed-apply";
import { HeldStack } from "./held-stack";

/** A `cdktf deploy` that is interrupted or killed while it changes resources or writes the state. */
export function interruptSteps(local: () => TestCloud): void {
  const repair = (...parameters: string[]) =>
    script(local().cloud.env, "repair", "dev", "--aws", ...parameters);

  /** Runs `npx cdktf deploy core-dev`, and sends a signal to its process group when the stack holds the apply. */
  async function endWhenHeld(stack: HeldStack, signal: NodeJS.Signals): Promise<void> {
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
    await eventually("the deployment is held", 120, () => {
      if (child.exitCode !== null)
        throw new Error(`Expected a held deployment, found its end with exit code ${child.exitCode}`);
      return Promise.resolve(stack.isHeld || undefined);
    });
    if (child.pid !== undefined) process.kill(-child.pid, signal);
    await exited;
  }
  const expectNextApplySucceeds = async (stack: HeldStack, round: string) => {
    stack.change(round);
    await stack.apply();
    expect(await stack.isUpToDate()).toBe(true);
  };

  test.each(["SIGINT", "SIGKILL"] as const)(
    "after %s of cdktf deploy, Terraform continues, releases the lock, and the next apply succeeds",
    async (signal) => {
      const stack = HeldStack.copy(local(), `ended-by-${signal}`);
      stack.change(`ended by ${signal}`, "before");
      await endWhenHeld(stack, signal);
      await eventually("the lock is released", 60, async () =>
        (await locksHeld(local())).length === 0 ? true : undefined,
      );
      await expectNextApplySucceeds(stack, `ended by ${signal}`);
    },
  );

  test("when the digest does not match the state, the error names repair, which writes the digest", async () => {
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
    // As after a kill between the writes of the state and of its digest.
    await dynamodb.send(new PutItemCommand({ TableName, Item: old }));
    await expect(stack.apply()).rejects.toThrow("npm run cli -- repair dev");
    expectSuccess(await repair());
    expect(await stack.isUpToDate()).toBe(true);
    expect(await locksHeld(local())).toEqual([]);
  });
}
