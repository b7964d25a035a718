import { permissionsOf } from "@serverless-tasks/functions/permissions";
import {
  bucketNames,
  buckets,
  functionNames,
  otherQueues,
  queues,
  tableNames,
  tables,
  taskFunctions,
  type BucketDeclaration,
  type BucketName,
  type FunctionName,
  type TableDeclaration,
  type TableName,
} from "@serverless-tasks/functions/service";

const tableOf = (key: TableName): TableDeclaration => tables[key];
const bucketNameOf = (key: BucketName): string => {
  const { name }: BucketDeclaration = buckets[key];
  return name;
};
const isTaskFunction = (name: FunctionName) => taskFunctions.some((each) => each === name);

/** The functions, and the names of queues, tables and buckets, that functions/service.ts has in addition to the tasks'. */
export const added = {
  functions: functionNames.filter((name) => !isTaskFunction(name)),
  queues: otherQueues.flatMap((key) => [queues[key].name, `${queues[key].name}-dlq`]),
  tables: tableNames.map((key) => tableOf(key).name),
  buckets: bucketNames.map(bucketNameOf),
};

const declared = <Name extends string>(
  permissions: { readonly [Each in Name]?: readonly string[] },
  name: Name,
): readonly string[] => permissions[name] ?? [];

/**
 * The calls on added resources that a function's declarations allow: `sqs:SendMessage <prefix>-emails`.
 * @param bucketOf the name of a bucket in the account
 */
export function declaredGrants(
  name: FunctionName,
  prefix: string,
  bucketOf: (bucket: string) => string,
): string[] {
  const { queues: onQueues, deadLetterQueues, tables: onTables, buckets: onBuckets } = permissionsOf(name);
  return [
    ...otherQueues.flatMap((key) => [
      ...on(`${prefix}-${queues[key].name}`, declared(onQueues, key)),
      ...on(`${prefix}-${queues[key].name}-dlq`, declared(deadLetterQueues, key)),
    ]),
    ...tableNames.flatMap((key) => on(`${prefix}-${tableOf(key).name}`, declared(onTables, key))),
    ...bucketNames.flatMap((key) => on(bucketOf(bucketNameOf(key)), declared(onBuckets, key))),
  ];
}

const on = (resource: string, actions: readonly string[]) =>
  [...new Set(actions)].map((action) => `${action} ${resource}`);

/** Whether an ARN is that of an added resource, or of a part of it. */
export const isAdded = (arn: string, prefix: string): boolean =>
  [...added.queues, ...added.tables, ...added.buckets].some((name) =>
    new RegExp(`[:/]${prefix}-${name}(-\\d{12})?(/.*)?$`).test(arn),
  );
