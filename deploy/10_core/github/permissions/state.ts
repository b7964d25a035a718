import type { DeploymentPermission, DeploymentScope } from "./permission";

const unique = (values: readonly string[]) => [...new Set(values)];

/** Terraform's own state: a plan reads it without a lock, a deployment locks and writes it. */
export function statePermissions({ place, backends }: DeploymentScope): DeploymentPermission[] {
  const bucketArn = (bucket: string) => `arn:${place.partition}:s3:::${bucket}`;
  const states = backends.map(({ bucket, key }) => `${bucketArn(bucket)}/${key}`);
  const lockTables = unique(
    backends.map(
      ({ dynamodb_table, region }) =>
        `arn:${place.partition}:dynamodb:${region}:${place.account_id}:table/${dynamodb_table}`,
    ),
  );
  return [
    {
      sid: "StateBucket",
      resources: unique(backends.map(({ bucket }) => bucketArn(bucket))),
      look: ["s3:ListBucket"],
      change: [],
    },
    { sid: "State", resources: states, look: ["s3:GetObject"], change: ["s3:PutObject"] },
    {
      sid: "StateLockFile",
      resources: states.map((state) => `${state}.tflock`),
      look: [],
      change: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
    },
    {
      // In addition to its locks it keeps a hash of each state: a plan compares it, a deployment writes it.
      sid: "StateLockTable",
      resources: lockTables,
      look: ["dynamodb:GetItem"],
      change: ["dynamodb:PutItem", "dynamodb:DeleteItem"],
    },
  ];
}
