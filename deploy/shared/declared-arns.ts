import {
  bucketNames,
  buckets,
  tableNames,
  tables,
  type BucketDeclaration,
  type BucketName,
  type TableDeclaration,
} from "@serverless-tasks/functions/service";
import { globalArn, regionalArn, type AwsContext } from "./arn";

/** The name of a bucket of functions/service.ts: `orders-dev-exports-111111111111`. */
export function bucketName({ account_id }: AwsContext, namePrefix: string, key: BucketName): string {
  const { name }: BucketDeclaration = buckets[key];
  return `${namePrefix}-${name}-${account_id}`;
}

/** Not a reference: policies that name the bucket are created before it, or with it. */
export const bucketArn = (awsContext: AwsContext, namePrefix: string, key: BucketName) =>
  globalArn(awsContext, "s3", bucketName(awsContext, namePrefix, key));

/** The ARNs of all buckets. */
export const bucketArns = (awsContext: AwsContext, namePrefix: string): string[] =>
  bucketNames.map((key) => bucketArn(awsContext, namePrefix, key));

/** The ARNs of the table of tasks and of all others. */
export const tableArns = (awsContext: AwsContext, namePrefix: string): string[] =>
  ["tasks", ...tableNames.map((key): TableDeclaration => tables[key]).map(({ name }) => name)].map((name) =>
    regionalArn(awsContext, "dynamodb", `table/${namePrefix}-${name}`),
  );

/** The name of the bucket of CloudFront's access log: `tasks-dev-edge-logs-111111111111`. */
export const edgeLogBucketName = ({ account_id }: AwsContext, namePrefix: string) =>
  `${namePrefix}-edge-logs-${account_id}`;

/** Not a reference: policies that name the bucket are created before it, or with it. */
export const edgeLogBucketArn = (awsContext: AwsContext, namePrefix: string) =>
  globalArn(awsContext, "s3", edgeLogBucketName(awsContext, namePrefix));
