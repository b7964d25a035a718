import { UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { DynamoTaskRepository } from "@serverless-tasks/functions/shared/aws/dynamodb/dynamo-task-repository";
import { taskKey } from "@serverless-tasks/functions/shared/aws/dynamodb/task-item";
import { connectionOf } from "@serverless-tasks/functions/shared/postgres/connection";
import { openDatabase, stateOf, type Row } from "@serverless-tasks/functions/shared/postgres/database";
import { PostgresTaskRepository } from "@serverless-tasks/functions/shared/postgres/postgres-task-repository";
import type { TaskRepository } from "@serverless-tasks/functions/shared/tasks/task-repository";
import { database } from "../../deploy/20_infra/store/database-names";
import { hasPostgres } from "../../deploy/config/task-store";
import { localStoreVariables } from "../../deploy/emulator/local-store";
import type { LocalCloud } from "../../scripts/local/local-cloud";
import type { AccountClients } from "./account";
import { eventually } from "./eventually";

/** The store of a deployed service. */
export interface DeployedStore {
  /** Reads and writes tasks as the functions do. */
  readonly repository: TaskRepository;
  /** Makes a task expire, before it is deleted. */
  readonly expire: (id: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Tasks in PostgreSQL, as the superuser of the local server. */
export interface PostgresStore extends DeployedStore {
  readonly query: (sql: string, values?: readonly unknown[]) => Promise<Row[]>;
}

/** @returns undefined when tasks are not stored */
export function deployedStore(cloud: LocalCloud, account: AccountClients, tableName: string | undefined) {
  if (hasPostgres(cloud.config.infra)) return postgresStore(cloud);
  return tableName === undefined ? undefined : dynamoStore(account, tableName);
}

const secondAgo = () => Date.now() - 1_000;

function dynamoStore({ dynamodb }: AccountClients, TableName: string): DeployedStore {
  return {
    repository: new DynamoTaskRepository(DynamoDBDocumentClient.from(dynamodb), TableName),
    expire: async (id) => {
      await dynamodb.send(
        new UpdateItemCommand({
          TableName,
          Key: marshall(taskKey(id)),
          UpdateExpression: "SET expiresAt = :past",
          ConditionExpression: "expiresAt > :past",
          ExpressionAttributeValues: { ":past": { N: String(Math.floor(secondAgo() / 1000)) } },
        }),
      );
    },
    close: () => Promise.resolve(),
  };
}

/** A test may crash the server, or restart it. */
const recoverySeconds = 60;
const isRecovering = (error: unknown) => /^57P0[123]$/.test(stateOf(error) ?? "57P01");

export function postgresStore({ env }: LocalCloud): PostgresStore {
  const address = env[localStoreVariables.address];
  if (address === undefined) throw new Error("Expected a PostgreSQL server of the local cloud, found none");
  const server = openDatabase(
    connectionOf(`postgresql://${database.masterUser}@${address}/${database.name}`),
  );
  const { close } = server;
  const query: PostgresStore["query"] = (sql, values) =>
    eventually("PostgreSQL responds", recoverySeconds, () =>
      server.query(sql, values).catch((error: unknown) => {
        if (!isRecovering(error)) throw error;
        return undefined;
      }),
    );
  return {
    repository: new PostgresTaskRepository({ query, close }),
    expire: async (id) => {
      const past = new Date(secondAgo());
      const sql = "UPDATE tasks SET expires_at = $2 WHERE id = $1 AND expires_at > $2 RETURNING id";
      const { length } = await query(sql, [id, past]);
      if (length !== 1) throw new Error(`Expected task ${id} with a time at which it expires, found none`);
    },
    query,
    close,
  };
}
