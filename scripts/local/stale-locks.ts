import { DeleteItemCommand, ScanCommand } from "@aws-sdk/client-dynamodb";
import { DeleteObjectCommand } from "@aws-sdk/client-s3";
import * as z from "zod";
import type { EnvironmentConfig } from "../../deploy/shared/load-config";
import type { StateClients } from "./aws-clients";

/** What Terraform writes into a lock. */
const lockInfo = z.object({ Who: z.string(), Created: z.string(), Operation: z.string() });

/**
 * Releases the locks that a deployment left when it was killed. Only for an emulator that was started just now and
 * that nobody else uses: then nobody can hold a lock.
 */
export async function releaseStaleLocks(
  { backends }: EnvironmentConfig,
  { dynamodb, s3 }: StateClients,
  report: (line: string) => void,
): Promise<void> {
  for (const { bucket, key, dynamodb_table: TableName } of Object.values(backends)) {
    const { Items = [] } = await dynamodb.send(
      new ScanCommand({
        TableName,
        // The item `<bucket>/<key>-md5` beside it is the state's hash, not a lock.
        FilterExpression: "LockID = :id AND attribute_exists(Info)",
        ExpressionAttributeValues: { ":id": { S: `${bucket}/${key}` } },
      }),
    );
    for (const { LockID, Info } of Items) {
      if (LockID === undefined) continue;
      const info = lockInfo.safeParse(JSON.parse(Info?.S ?? "{}")).data;
      const holder = info ? `${info.Who} (${info.Operation}, ${info.Created})` : "somebody";
      report(`${key} was left locked by ${holder}, which ended without releasing it; released`);
      await dynamodb.send(new DeleteItemCommand({ TableName, Key: { LockID } }));
    }
    await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: `${key}.tflock` }));
  }
}
