import {
  CreateBucketCommand,
  HeadBucketCommand,
  S3ServiceException,
  type BucketLocationConstraint,
  type S3Client,
} from "@aws-sdk/client-s3";
import { bucketTaken } from "../local/errors";
import { logPolicy, statePolicy, type BucketOwner } from "./bucket-policy";
import { BucketSettings } from "./bucket-settings";
import type { Setting } from "./setting";

/** Old versions of a state are how a mistake is undone; nobody undoes one that is older. */
const keepOldVersionsDays = 90;
const abortUploadsDays = 7;
/** As long as the longest log group of the environments: who touched a state is asked late. */
const keepAccessLogDays = 365;

const abortUploads = { AbortIncompleteMultipartUpload: { DaysAfterInitiation: abortUploadsDays } };

/** Where the accesses to a state bucket are logged. */
export const logBucketOf = (bucket: string) => `${bucket}-logs`;

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

export async function createBucket(s3: S3Client, bucket: string, region: string): Promise<void> {
  // us-east-1 is where a bucket lies that names no place, and may not be named.
  const place = region === "us-east-1" ? {} : { LocationConstraint: region as BucketLocationConstraint };
  await s3.send(new CreateBucketCommand({ Bucket: bucket, CreateBucketConfiguration: place }));
}

/** Everything that makes a bucket fit for states. */
export function stateBucketSettings(s3: S3Client, owner: BucketOwner): Setting[] {
  const bucket = new BucketSettings(s3, owner.bucket);
  return [
    bucket.closed(),
    bucket.versioned(),
    bucket.encrypted("aws:kms"),
    bucket.ownedByAccount(),
    bucket.expires([
      {
        ID: "old-versions",
        Status: "Enabled",
        Filter: { Prefix: "" },
        NoncurrentVersionExpiration: { NoncurrentDays: keepOldVersionsDays },
        ...abortUploads,
      },
    ]),
    bucket.logged(logBucketOf(owner.bucket)),
    bucket.allows(statePolicy(owner)),
  ];
}

/** Everything that makes a bucket fit for the access log of a state bucket. */
export function logBucketSettings(s3: S3Client, owner: BucketOwner, stateBucket: string): Setting[] {
  const bucket = new BucketSettings(s3, owner.bucket);
  return [
    bucket.closed(),
    // S3 delivers access logs to buckets with keys of S3 alone.
    bucket.encrypted("AES256"),
    bucket.ownedByAccount(),
    bucket.expires([
      {
        ID: "old-logs",
        Status: "Enabled",
        Filter: { Prefix: "" },
        Expiration: { Days: keepAccessLogDays },
        ...abortUploads,
      },
    ]),
    bucket.allows(logPolicy(owner, stateBucket)),
  ];
}
