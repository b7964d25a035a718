import { bucketNames, queueNames, tableNames } from "@serverless-tasks/functions/service";
import type { FunctionPermissions } from "@serverless-tasks/functions/shared/runtime/permissions";
import { tableSchema } from "@serverless-tasks/functions/shared/aws/dynamodb/table-schema";
import type { InfraOutputs } from "../../20_infra/outputs";
import { outputOf } from "../../shared/each-of";
import type { Statement } from "../../shared/policy-document";

/** Statements that allow the calls that a function declares, on this environment's resources only. */
export function dataPermissions(
  { queues, deadLetterQueues, table, queries, tables, buckets, secrets }: Required<FunctionPermissions>,
  infra: InfraOutputs,
): Statement[] {
  const { table_arn, secret_arns } = infra;
  const indexArns = queries.map((index) => `${table_arn}/index/${tableSchema.indexes[index].name}`);
  const statements = [
    ...queueNames.map((name) =>
      allow(sid(name, "Queue"), granted(queues, name), [outputOf(infra, name, "queue_arn")]),
    ),
    ...queueNames.map((name) =>
      allow(sid(name, "DeadLetterQueue"), granted(deadLetterQueues, name), [
        outputOf(infra, name, "dead_letter_queue_arn"),
      ]),
    ),
    allow("Secrets", ["secretsmanager:GetSecretValue"], secrets.map(secret_arns.entry)),
    ...(table_arn === undefined
      ? []
      : [allow("TaskTable", table, [table_arn]), allow("TaskIndexes", ["dynamodb:Query"], indexArns)]),
    ...tableNames.map((name) =>
      allow(sid(name, "Table"), granted(tables, name), [outputOf(infra, name, "table_arn")]),
    ),
    ...bucketNames.flatMap((name) => {
      const actions: readonly string[] = granted(buckets, name);
      const onObjects = actions.filter((action) => !isOnBucket(action));
      const arn = outputOf(infra, name, "bucket_arn");
      return [
        allow(sid(name, "Bucket"), actions.filter(isOnBucket), [arn]),
        allow(sid(name, "Objects"), onObjects, [`${arn}/*`]),
      ];
    }),
  ];
  return statements.filter(({ Action, Resource }) => Action.length > 0 && Resource.length > 0);
}

const granted = <Name extends string, Action>(
  permissions: { readonly [Each in Name]?: readonly Action[] },
  name: Name,
): readonly Action[] => permissions[name] ?? [];

/** Whether an action is on a bucket itself; all others that functions use are on its objects. */
const isOnBucket = (action: string) => /^s3:(ListBucket|GetBucket)/.test(action);

const sid = (name: string, kind: string) => `${name.charAt(0).toUpperCase()}${name.slice(1)}${kind}`;

const allow = (Sid: string, Action: readonly string[], Resource: readonly string[]) =>
  ({ Sid, Effect: "Allow", Action, Resource }) as const;
