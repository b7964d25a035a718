import type { FunctionPermissions } from "@serverless-tasks/functions/shared/runtime/permissions";
import { tableSchema } from "@serverless-tasks/functions/shared/aws/dynamodb/table-schema";
import type { InfraOutputs } from "../../20_infra/outputs";
import type { Statement } from "../../shared/policy-document";

/** Statements that allow the calls that a function declares, on this environment's queue, table and secrets only. */
export function dataPermissions(
  { taskQueue, table, queries, secrets }: FunctionPermissions,
  { task_queue_arn, table_arn, secret_arns }: InfraOutputs,
): Statement[] {
  const indexArns = queries.map((index) => `${table_arn}/index/${tableSchema.indexes[index].name}`);
  const statements = [
    allow("TaskQueue", taskQueue, [task_queue_arn]),
    allow("Secrets", ["secretsmanager:GetSecretValue"], secrets.map(secret_arns.entry)),
    ...(table_arn === undefined
      ? []
      : [allow("TaskTable", table, [table_arn]), allow("TaskIndexes", ["dynamodb:Query"], indexArns)]),
  ];
  return statements.filter(({ Action, Resource }) => Action.length > 0 && Resource.length > 0);
}

const allow = (Sid: string, Action: readonly string[], Resource: readonly string[]) =>
  ({ Sid, Effect: "Allow", Action, Resource }) as const;
