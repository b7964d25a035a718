import {
  CreateBucketCommand,
  HeadBucketCommand,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
  S3ServiceException,
  type BucketLocationConstraint,
  type S3Client,
} from "@aws-sdk/client-s3";
import { bucketTaken } from "../local/errors";

export interface StateBucket {
  readonly bucket: string;
  readonly region: string;
  /** False over an emulator's plain http, where a policy that demands TLS would lock everyone out. */
  readonly demandTls: boolean;
}

/** Old versions of a state are how a mistake is undone; nobody undoes one that is older. */
const keepOldVersionsDays = 90;
const abortUploadsDays = 7;

/** @throws {LocalCloudError} when the name is taken by another account */
export async function bucketExists(s3: S3Client, bucket: string): Promise<boolean> {
  try {
    await s3.send(new HeadBucketCommand({ Bucket: bucket }));
    return true;
  } catch (error) {
    const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
    if (status === 404) return false;
    if (status === 403) throw bucketTaken(bucket);
    throw error;
  }
}

export async function createBucket(s3: S3Client, { bucket, region }: StateBucket): Promise<void> {
  // us-east-1 is where a bucket lies that names no place, and may not be named.
  const place = region === "us-east-1" ? {} : { LocationConstraint: region as BucketLocationConstraint };
  await s3.send(new CreateBucketCommand({ Bucket: bucket, CreateBucketConfiguration: place }));
}

/** Sets everything that makes a bucket fit for states; a second time changes nothing. */
export async function protectBucket(s3: S3Client, { bucket: Bucket, demandTls }: StateBucket): Promise<void> {
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }));
  await s3.send(
    new PutBucketEncryptionCommand({
      Bucket,
      ServerSideEncryptionConfiguration: {
        Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms" }, BucketKeyEnabled: true }],
      },
    }),
  );
  await s3.send(
    new PutPublicAccessBlockCommand({
      Bucket,
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    }),
  );
  await s3.send(
    new PutBucketOwnershipControlsCommand({
      Bucket,
      OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] },
    }),
  );
  await s3.send(
    new PutBucketLifecycleConfigurationCommand({
      Bucket,
      LifecycleConfiguration: {
        Rules: [
          {
            ID: "old-versions",
            Status: "Enabled",
            Filter: { Prefix: "" },
            NoncurrentVersionExpiration: { NoncurrentDays: keepOldVersionsDays },
            AbortIncompleteMultipartUpload: { DaysAfterInitiation: abortUploadsDays },
          },
        ],
      },
    }),
  );
  if (demandTls) await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: denyWithoutTls(Bucket) }));
}

const denyWithoutTls = (bucket: string) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "DenyWithoutTls",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  });
