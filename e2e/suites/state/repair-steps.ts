import { DeleteItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { localClientConfig, stateClients } from "../../../packages/local-cloud/src/aws-clients";
import { lockId } from "../../../packages/terraform-backend/src/backend";
import { expectSuccess, script } from "../../support/command";
import type { TestCloud } from "../../support/test-cloud";
import { killWhenHeld, locksHeld } from "./killed-apply";
import { HeldStack } from "./held-stack";

/** `repair`, which releases locks and writes digests that a killed deployment has left. */
export function repairSteps(local: () => TestCloud): void {
  const repair = (...parameters: string[]) =>
    script(local().cloud.env, "repair", "dev", "--aws", ...parameters);

  test("repair releases both locks of a killed apply: the row of the table and the lock file", async () => {
    const stack = HeldStack.copy(local(), "killed-and-repaired");
    stack.change("before");
    await stack.apply();
    stack.change("repaired", "after");
    await killWhenHeld(local(), stack);
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

  test("repair keeps a lock whose holder may still be running, unless --force is given", async () => {
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

  test("repair refuses a state that an older one has replaced, and prints the command that lists its versions", async () => {
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
