import {
  BucketAlreadyExists,
  BucketAlreadyOwnedByYou,
  CreateBucketCommand,
  HeadBucketCommand,
  S3ServiceException,
  type BucketLocationConstraint,
  type S3Client,
} from "@aws-sdk/client-s3";
import { bucketInOtherRegion, bucketTaken } from "../errors";
import { logPolicy, statePolicy, type BucketOwner } from "./bucket-policy";
import { BucketSettings } from "./bucket-settings";
import type { Setting } from "./setting";

/** Old versions of a state are kept to undo mistakes. */
const keepOldVersionsDays = 90;
const keepAccessLogDays = 365;

/** The bucket for the access log of a state bucket. */
export const logBucketOf = (bucket: string) => `${bucket}-logs`;

/**
 * Whether the bucket exists in the account and in the client's region.
 * @param configuredIn the files in which the backend is configured, for messages
 * @throws {BackendError} when another account has a bucket of that name, or the bucket is in another region
 */
export async function bucketExists(s3: S3Client, bucket: string, configuredIn: string): Promise<boolean> {
  try {
    await s3.send(new HeadBucketCommand({ Bucket: bucket }));
    return true;
  } catch (error) {
    if (!(error instanceof S3ServiceException)) throw error;
    const { httpStatusCode } = error.$metadata;
    if (httpStatusCode === 404) return false;
    const region = error.$response?.headers["x-amz-bucket-region"];
    const expected = await s3.config.region();
    // 301 for a request that reached the wrong region, 400 when its signature names the wrong one; 403 may be either.
    if (region !== undefined && region !== expected)
      throw bucketInOtherRegion(bucket, region, expected, configuredIn, error);
    if (httpStatusCode === 403) throw bucketTaken(bucket, configuredIn, error);
    throw error;
  }
}

/** @throws {BackendError} when another account has a bucket of that name */
export async function createBucket(
  s3: S3Client,
  bucket: string,
  region: string,
  configuredIn: string,
): Promise<void> {
  // A location constraint of us-east-1 is invalid, and so is an empty configuration:
  // https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html
  const location =
    region === "us-east-1"
      ? {}
      : { CreateBucketConfiguration: { LocationConstraint: region as BucketLocationConstraint } };
  try {
    await s3.send(new CreateBucketCommand({ Bucket: bucket, ...location }));
  } catch (error) {
    // Created by a concurrent run of this command. us-east-1 returns 200 for it.
    if (error instanceof BucketAlreadyOwnedByYou) return;
    if (error instanceof BucketAlreadyExists) throw bucketTaken(bucket, configuredIn, error);
    throw error;
  }
}

/** The required settings of a state bucket. */
export function stateBucketSettings(s3: S3Client, owner: BucketOwner): Setting[] {
  const bucket = new BucketSettings(s3, owner.bucket);
  return [
    bucket.closed(),
    bucket.versioned(),
    bucket.encrypted("aws:kms"),
    bucket.ownedByAccount(),
    bucket.expires({
      ID: "old-versions",
      NoncurrentVersionExpiration: { NoncurrentDays: keepOldVersionsDays },
    }),
    bucket.logged(logBucketOf(owner.bucket)),
    bucket.allows(statePolicy(owner)),
  ];
}

/** The required settings of the access log bucket. */
export function logBucketSettings(s3: S3Client, owner: BucketOwner, stateBucket: string): Setting[] {
  const bucket = new BucketSettings(s3, owner.bucket);
  return [
    bucket.closed(),
    // S3 delivers access logs only to buckets with SSE-S3.
    bucket.encrypted("AES256"),
    bucket.ownedByAccount(),
    bucket.expires({ ID: "old-logs", Expiration: { Days: keepAccessLogDays } }),
    bucket.allows(logPolicy(owner, stateBucket)),
  ];
}
