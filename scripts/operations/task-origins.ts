import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { BatchGetCommand, DynamoDBDocumentClient, type BatchGetCommandOutput } from "@aws-sdk/lib-dynamodb";
import { taskKey } from "@serverless-tasks/functions/shared/aws/dynamodb/task-item";
import * as z from "zod";
import { naming } from "../../deploy/shared/naming";
import type { EnvironmentAccount } from "../bootstrap/environment-account";

/** The most keys of a call: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html */
const batchSize = 100;

/** Who submitted a task, and by which request. */
export interface TaskOrigin {
  readonly caller?: string | undefined;
  readonly requestId?: string | undefined;
}
export type ReadOrigins = (ids: readonly string[]) => Promise<ReadonlyMap<string, TaskOrigin>>;

const item = z.object({ id: z.string(), group: z.string().optional(), requestId: z.string().optional() });

/** Reads the origins of tasks from the table: the API does not return them. It needs dynamodb:BatchGetItem. */
export function taskOrigins({ config, client }: Pick<EnvironmentAccount, "config" | "client">): ReadOrigins {
  const table = naming(config)("tasks");
  const dynamo = DynamoDBDocumentClient.from(new DynamoDBClient(client));
  return async (ids) => {
    const found = new Map<string, TaskOrigin>();
    if (!config.infra.table.enabled) return found;
    for (let at = 0; at < ids.length; at += batchSize) {
      let Keys: Record<string, unknown>[] | undefined = ids.slice(at, at + batchSize).map(taskKey);
      while (Keys !== undefined && Keys.length > 0) {
        const names = { "#group": "group" };
        const page: BatchGetCommandOutput = await dynamo.send(
          new BatchGetCommand({
            RequestItems: {
              [table]: {
                Keys,
                ProjectionExpression: "id, #group, requestId",
                ExpressionAttributeNames: names,
              },
            },
          }),
        );
        for (const { id, group: caller, requestId } of z.array(item).parse(page.Responses?.[table] ?? []))
          found.set(id, { caller, requestId });
        Keys = page.UnprocessedKeys?.[table]?.Keys;
      }
    }
    return found;
  };
}
