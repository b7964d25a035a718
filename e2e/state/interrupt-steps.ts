import { DeleteItemCommand, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { localClientConfig, stateClients } from "../../scripts/local/aws-clients";
import { terraformLauncher } from "../../scripts/local/terraform";
import { lockId } from "../../scripts/state/lock-store";
import { bin, expectSuccess, script } from "../support/command";
import { eventually } from "../support/eventually";
import type { TestCloud } from "../support/test-cloud";
import { killWhenHolding, locksHeld, wordsOf } from "./dead-apply";
import { HeldStack } from "./held-stack";

/** What is left of a `cdktf deploy` that was interrupted or killed, and `npm run repair`, which ends it. */
export function interruptSteps(local: () => TestCloud): void {
  const repair = (...parameters: string[]) => script(local().cloud.env, "repair.ts", "dev", ...parameters);

  /** `npx cdktf deploy core-dev`, ended by a signal to all of its process group while it changes things. */
  async function endWhenHolding(stack: HeldStack, signal: NodeJS.Signals): Promise<void> {
    const { cloud } = local();
    const child = spawn(bin("cdktf"), ["deploy", "core-dev", "--auto-approve", "--skip-synth"], {
      env: {
        ...cloud.env,
        CDKTF_OUTPUT: stack.folder,
        TERRAFORM_BINARY_NAME: terraformLauncher,
        SERVERLESS_TASKS_TERRAFORM: cloud.terraform.path,
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

  test("a Terraform that is killed leaves both halves of its lock, and repair releases them", async () => {
    const stack = HeldStack.copy(local(), "killed-and-repaired");
    stack.change("repaired", "after");
    await killWhenHolding(local(), stack);
    expect(await locksHeld(local())).toMatchObject([
      { layer: "core", row: expect.any(String) as string, file: expect.any(String) as string },
    ]);
    const dry = await repair("--dry-run");
    expectSuccess(dry);
    expect(dry.stdout).toMatch(
      /Account \d{12} at http:\S+, region \S+:\n {2}core {2}locked: \S+@\S+ has held it/,
    );
    expect(await locksHeld(local())).toHaveLength(1);
    expectSuccess(await repair());
    expect(await locksHeld(local())).toEqual([]);
    await convergesAfter(stack, "repaired");
  });

  test("a lock whose holder may be at work is left alone, but for --force", async () => {
    const { dynamodb } = stateClients(localClientConfig(local().cloud.target));
    const backend = local().cloud.config.backends.infra;
    const info = { ID: "far-away", Who: "runner@build-7", Operation: "OperationTypeApply" };
    const Info = { S: JSON.stringify({ ...info, Created: new Date().toISOString() }) };
    const Item = { LockID: { S: lockId(backend) }, Info };
    await dynamodb.send(new PutItemCommand({ TableName: backend.dynamodb_table, Item }));
    const refused = await repair();
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toContain("runner@build-7 took it");
    expect(await locksHeld(local())).toMatchObject([{ ID: "far-away" }]);
    expectSuccess(await repair("--force"));
    expect(await locksHeld(local())).toEqual([]);
    const again = await repair();
    expect(again.stdout).toContain("nothing to repair");
  });

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
    expect(words).toContain("npm run repair -- dev");
    expectSuccess(await repair());
    expect(await stack.isUpToDate()).toBe(true);
    expect(await locksHeld(local())).toEqual([]);
  });

  test("a state that was replaced by an older one is not repaired, but named with the version to restore", async () => {
    const { dynamodb } = stateClients(localClientConfig(local().cloud.target));
    const backend = local().cloud.config.backends.app;
    const Key = { LockID: { S: `${lockId(backend)}-md5` } };
    const Item = { ...Key, Digest: { S: "0".repeat(32) } };
    await dynamodb.send(new PutItemCommand({ TableName: backend.dynamodb_table, Item }));
    try {
      const refused = await repair();
      expect(refused.exitCode).toBe(1);
      expect(refused.stderr).toContain("npm run state -- dev app list");
    } finally {
      await dynamodb.send(new DeleteItemCommand({ TableName: backend.dynamodb_table, Key }));
    }
  });
}
