export interface BucketOwner {
  readonly bucket: string;
  /** `aws`, `aws-cn`, … */
  readonly partition: string;
  /** The account's id. */
  readonly account: string;
  /** ARN patterns of the principals that use states and must not undo their history: pipelines. Admins have others. */
  readonly pipelines: readonly string[];
  /** False over an emulator's plain http, where a policy that demands TLS would lock everyone out. */
  readonly demandTls: boolean;
}

/** What would undo a state's history, or the bucket's protection. */
const undoingActions = [
  "s3:DeleteObjectVersion",
  "s3:DeleteBucket",
  "s3:DeleteBucketPolicy",
  "s3:PutBucketPolicy",
  "s3:PutBucketVersioning",
  "s3:PutLifecycleConfiguration",
  "s3:PutEncryptionConfiguration",
  "s3:PutBucketPublicAccessBlock",
  "s3:PutBucketOwnershipControls",
  "s3:PutBucketLogging",
];

export const bucketArn = ({ bucket, partition }: Pick<BucketOwner, "bucket" | "partition">) =>
  `arn:${partition}:s3:::${bucket}`;

const byPipelines = ({ pipelines }: BucketOwner) => ({ ArnLike: { "aws:PrincipalArn": pipelines } });

const denyWithoutTls = (owner: BucketOwner) => ({
  Sid: "DenyInsecureTransport",
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: [bucketArn(owner), `${bucketArn(owner)}/*`],
  Condition: { Bool: { "aws:SecureTransport": "false" } },
});

const denyUndoing = (owner: BucketOwner) => ({
  Sid: "DenyUndoingByPipelines",
  Effect: "Deny",
  Principal: "*",
  Action: undoingActions,
  Resource: [bucketArn(owner), `${bucketArn(owner)}/*`],
  Condition: byPipelines(owner),
});

const tlsOnly = (owner: BucketOwner) => (owner.demandTls ? [denyWithoutTls(owner)] : []);

/** Pipelines write states and take locks; they cannot delete what is written. */
export const statePolicy = (owner: BucketOwner) => ({
  Version: "2012-10-17",
  Statement: [
    ...tlsOnly(owner),
    denyUndoing(owner),
    {
      Sid: "DenyDeletionByPipelines",
      Effect: "Deny",
      Principal: "*",
      Action: "s3:DeleteObject",
      // Terraform ends a lock by deleting its file.
      NotResource: `${bucketArn(owner)}/*.tflock`,
      Condition: byPipelines(owner),
    },
  ],
});

/** S3 alone writes the access log of the state bucket; pipelines delete nothing of it. */
export const logPolicy = (owner: BucketOwner, stateBucket: string) => ({
  Version: "2012-10-17",
  Statement: [
    ...tlsOnly(owner),
    denyUndoing(owner),
    {
      Sid: "DenyDeletionByPipelines",
      Effect: "Deny",
      Principal: "*",
      Action: "s3:DeleteObject",
      Resource: `${bucketArn(owner)}/*`,
      Condition: byPipelines(owner),
    },
    {
      // https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
      Sid: "AllowAccessLog",
      Effect: "Allow",
      Principal: { Service: "logging.s3.amazonaws.com" },
      Action: "s3:PutObject",
      Resource: `${bucketArn(owner)}/*`,
      Condition: {
        ArnLike: { "aws:SourceArn": bucketArn({ ...owner, bucket: stateBucket }) },
        StringEquals: { "aws:SourceAccount": owner.account },
      },
    },
  ],
});
