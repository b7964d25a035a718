import { DeleteItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { localClientConfig, stateClients } from "../../../packages/local-cloud/src/aws-clients";
import { lockId } from "../../../packages/terraform-backend/src/backend";
import { expectSuccess, script } from "../../support/command";
import type { TestCloud } from "../../support/test-cloud";
import { killWhenHolding, locksHeld } from "./dead-apply";
import { HeldStack } from "./held-stack";

/** `repair`, which ends what a killed deployment has left. */
export function repairSteps(local: () => TestCloud): void {
  const repair = (...parameters: string[]) =>
    script(local().cloud.env, "repair", "dev", "--aws", ...parameters);

  test("a Terraform that is killed leaves both halves of its lock, and repair releases them", async () => {
    const stack = HeldStack.copy(local(), "killed-and-repaired");
    stack.change("before");
    await stack.apply();
    stack.change("repaired", "after");
    await killWhenHolding(local(), stack);
    expect(await locksHeld(local())).toMatchObject([
      { layer: "core", row: expect.any(String) as string, file: expect.any(String) as string },
    ]);
    const dry = await repair("--dry-run");
    expectSuccess(dry);
    expect(dry.stdout).toMatch(
      /Account \d{12} at http:\S+, region \S+: repair the states of dev\.\n {2}core {2}locked: \S+@\S+ has held it/,
    );
    expect(await locksHeld(local())).toHaveLength(1);
    expectSuccess(await repair());
    expect(await locksHeld(local())).toEqual([]);
    stack.change("repaired");
    await stack.apply();
    expect(await stack.isUpToDate()).toBe(true);
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

  test("a state that was replaced by an older one is not repaired, but named with the version to restore", async () => {
    const { dynamodb } = stateClients(localClientConfig(local().cloud.target));
    const backend = local().cloud.config.backends.app;
    const Key = { LockID: { S: `${lockId(backend)}-md5` } };
    const Item = { ...Key, Digest: { S: "0".repeat(32) } };
    await dynamodb.send(new PutItemCommand({ TableName: backend.dynamodb_table, Item }));
    try {
      const refused = await repair();
      expect(refused.exitCode).toBe(1);
      expect(refused.stderr).toContain("npm run cli -- state dev app list");
    } finally {
      await dynamodb.send(new DeleteItemCommand({ TableName: backend.dynamodb_table, Key }));
    }
  });
}
