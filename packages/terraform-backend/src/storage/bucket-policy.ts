export interface BucketOwner {
  readonly bucket: string;
  /** `aws`, `aws-cn`, … */
  readonly partition: string;
  /** The account's id. */
  readonly account: string;
  /** ARN patterns of pipeline roles, which use states and must not delete versions. Administrators have other roles. */
  readonly pipelines: readonly string[];
  /** False on an emulator with plain HTTP, where a policy that requires TLS would deny every request. */
  readonly demandTls: boolean;
}

/** Actions that delete versions of a state or change the bucket's protection. */
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

const denyDeletion = (
  owner: BucketOwner,
  objects: { readonly Resource: string } | { readonly NotResource: string },
) => ({
  Sid: "DenyDeletionByPipelines",
  Effect: "Deny",
  Principal: "*",
  Action: "s3:DeleteObject",
  ...objects,
  Condition: byPipelines(owner),
});

const tlsOnly = (owner: BucketOwner) => (owner.demandTls ? [denyWithoutTls(owner)] : []);

/** Pipelines can write states and locks, but not delete states. */
export const statePolicy = (owner: BucketOwner) => ({
  Version: "2012-10-17",
  Statement: [
    ...tlsOnly(owner),
    denyUndoing(owner),
    // Terraform releases a lock by deleting its lockfile.
    denyDeletion(owner, { NotResource: `${bucketArn(owner)}/*.tflock` }),
  ],
});

/** Only S3 can write the access log of the state bucket; pipelines cannot delete it. */
export const logPolicy = (owner: BucketOwner, stateBucket: string) => ({
  Version: "2012-10-17",
  Statement: [
    ...tlsOnly(owner),
    denyUndoing(owner),
    denyDeletion(owner, { Resource: `${bucketArn(owner)}/*` }),
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
