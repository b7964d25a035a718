import { DeleteItemCommand, DeleteTableCommand } from "@aws-sdk/client-dynamodb";
import * as z from "zod";
import type { E2eEnvironment } from "../../../support/e2e-environment";
import { jsonCommands } from "../../../support/json-commands";
import { devPrefix } from "../../../support/names";

const backup = z.object({ name: z.string(), arn: z.string() });

/** `backup` and `restore` of the table of tasks. */
export function backupSteps(e2e: () => E2eEnvironment): void {
  const { cli, outputOf } = jsonCommands(e2e);

  test("lost items are restored from a backup, and items that exist are not overwritten", async () => {
    const { account, service } = e2e();
    const [table, to] = [`${devPrefix}-tasks`, `${devPrefix}-tasks-e2e`];
    const [lost, kept] = await Promise.all(
      ["lost", "kept"].map((message) => service.api.create("echo", { message })),
    );
    if (lost === undefined || kept === undefined) throw new Error("Expected two tasks");
    for (const { id } of [lost, kept]) await service.api.until(id, "succeeded", 60);
    const created = backup.parse(await outputOf("backup", "create", "dev"));
    expect(await outputOf("backup", "list", "dev")).toMatchObject({
      table,
      backups: expect.arrayContaining([expect.objectContaining(created)]) as unknown[],
    });
    const Key = { pk: { S: `TASK#${lost.id}` }, sk: { S: "TASK" } };
    await account.dynamodb.send(new DeleteItemCommand({ TableName: table, Key }));
    expect(await service.repository.get(lost.id)).toBeUndefined();

    const restore = ["restore", "dev", "--backup", created.name] as const;
    expect(await outputOf(...restore, "--to", to, "--dry-run")).toMatchObject({ to, restored: false });
    expect((await cli(...restore, "--to", table)).exitCode).toBe(1);
    expect((await cli("restore", "dev", "--backup", "none", "--to", to)).exitCode).toBe(1);
    expect((await cli("restore", "dev", "--backup", "latest", "--at", "latest")).exitCode).toBe(2);
    try {
      expect(await outputOf(...restore, "--to", to)).toMatchObject({ to, restored: true });
      expect((await cli(...restore, "--to", to)).exitCode).toBe(1);
      const before = await service.repository.get(kept.id);
      expect(await outputOf("restore", "dev", "--from", to, "--dry-run")).toMatchObject({
        missing: 1,
        copied: 0,
      });
      expect(await service.repository.get(lost.id)).toBeUndefined();
      expect(await outputOf("restore", "dev", "--from", to)).toMatchObject({ missing: 1, copied: 1 });
      expect(await service.repository.get(lost.id)).toMatchObject({ state: "succeeded" });
      expect(await service.repository.get(kept.id)).toEqual(before);
      expect(await outputOf("restore", "dev", "--from", to)).toMatchObject({ missing: 0, copied: 0 });
    } finally {
      await account.dynamodb.send(new DeleteTableCommand({ TableName: to }));
    }
  });
}
