import { globalArn, regionalArn } from "../../../shared/arn";
import type { DeploymentPermission, DeploymentScope } from "./permission";

const unique = (values: readonly string[]) => [...new Set(values)];

/** Terraform's state: a plan reads it without a lock, a deployment locks and writes it. */
export function statePermissions({ awsContext, backends }: DeploymentScope): DeploymentPermission[] {
  const bucketArn = (bucket: string) => globalArn(awsContext, "s3", bucket);
  const states = backends.map(({ bucket, key }) => `${bucketArn(bucket)}/${key}`);
  const lockTables = unique(
    backends.map(({ dynamodb_table, region }) =>
      regionalArn({ ...awsContext, region }, "dynamodb", `table/${dynamodb_table}`),
    ),
  );
  return [
    {
      sid: "StateBucket",
      resources: unique(backends.map(({ bucket }) => bucketArn(bucket))),
      read: ["s3:ListBucket"],
      write: [],
    },
    { sid: "State", resources: states, read: ["s3:GetObject"], write: ["s3:PutObject"] },
    {
      sid: "StateLockFile",
      resources: states.map((state) => `${state}.tflock`),
      read: [],
      write: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
    },
    {
      // In addition to locks the table has a digest of each state: a plan compares it, a deployment writes it.
      sid: "StateLockTable",
      resources: lockTables,
      read: ["dynamodb:GetItem"],
      write: ["dynamodb:PutItem", "dynamodb:DeleteItem"],
    },
  ];
}
