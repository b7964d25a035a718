import {
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLoggingCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  PutBucketAclCommand,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketLoggingCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
  S3ServiceException,
  type LifecycleRule,
  type S3Client,
} from "@aws-sdk/client-s3";
import type { Setting } from "./setting";

const abortUploadsDays = 7;

/** Errors of S3 for settings that were never set. */
const neverSet = new Set([
  "NoSuchBucketPolicy",
  "NoSuchLifecycleConfiguration",
  "NoSuchPublicAccessBlockConfiguration",
  "OwnershipControlsNotFoundError",
  "ServerSideEncryptionConfigurationNotFoundError",
]);

async function unlessNeverSet<T>(read: Promise<T>): Promise<T | undefined> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof S3ServiceException && neverSet.has(error.name)) return undefined;
    throw error;
  }
}

/** The required settings of a bucket. */
export class BucketSettings {
  constructor(
    private readonly s3: S3Client,
    private readonly Bucket: string,
  ) {}

  versioned(): Setting {
    const { s3, Bucket } = this;
    return {
      name: "versioning",
      wanted: "Enabled",
      read: async () => (await s3.send(new GetBucketVersioningCommand({ Bucket }))).Status,
      put: () =>
        s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } })),
    };
  }

  /** Only the algorithm is compared, so a customer managed key is kept. */
  encrypted(SSEAlgorithm: "aws:kms" | "AES256"): Setting {
    const { s3, Bucket } = this;
    const Rules = [
      {
        ApplyServerSideEncryptionByDefault: { SSEAlgorithm },
        BucketKeyEnabled: SSEAlgorithm === "aws:kms",
      },
    ];
    return {
      name: "encryption",
      wanted: SSEAlgorithm,
      read: async () =>
        (await unlessNeverSet(s3.send(new GetBucketEncryptionCommand({ Bucket }))))
          ?.ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm,
      put: () =>
        s3.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: { Rules } })),
    };
  }

  closed(): Setting {
    const { s3, Bucket } = this;
    const PublicAccessBlockConfiguration = {
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    };
    return {
      name: "public access",
      wanted: PublicAccessBlockConfiguration,
      read: async () =>
        (await unlessNeverSet(s3.send(new GetPublicAccessBlockCommand({ Bucket }))))
          ?.PublicAccessBlockConfiguration,
      put: () => s3.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration })),
    };
  }

  /** Disables ACLs of the bucket and its objects. */
  ownedByAccount(): Setting {
    const { s3, Bucket } = this;
    const Rules = [{ ObjectOwnership: "BucketOwnerEnforced" as const }];
    return {
      name: "ownership",
      wanted: Rules,
      read: async () =>
        (await unlessNeverSet(s3.send(new GetBucketOwnershipControlsCommand({ Bucket }))))?.OwnershipControls
          ?.Rules,
      put: async () => {
        // S3 refuses BucketOwnerEnforced while the bucket's ACL has other grants.
        await s3.send(new PutBucketAclCommand({ Bucket, ACL: "private" }));
        await s3.send(new PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls: { Rules } }));
      },
    };
  }

  /** Replaces existing rules, which might expire states. */
  /** A rule for all objects, which also aborts uploads that were never completed. */
  expires(rule: Pick<LifecycleRule, "ID" | "Expiration" | "NoncurrentVersionExpiration">): Setting {
    const { s3, Bucket } = this;
    const AbortIncompleteMultipartUpload = { DaysAfterInitiation: abortUploadsDays };
    const Rules: LifecycleRule[] = [
      { ...rule, Status: "Enabled", Filter: { Prefix: "" }, AbortIncompleteMultipartUpload },
    ];
    return {
      name: "lifecycle",
      wanted: Rules,
      read: async () =>
        (await unlessNeverSet(s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }))))?.Rules,
      put: () =>
        s3.send(new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules } })),
    };
  }

  logged(TargetBucket: string): Setting {
    const { s3, Bucket } = this;
    const LoggingEnabled = { TargetBucket, TargetPrefix: "s3/" };
    return {
      name: "access log",
      wanted: LoggingEnabled,
      read: async () => (await s3.send(new GetBucketLoggingCommand({ Bucket }))).LoggingEnabled,
      put: () => s3.send(new PutBucketLoggingCommand({ Bucket, BucketLoggingStatus: { LoggingEnabled } })),
    };
  }

  /** Replaces existing statements, and with them their permissions. */
  allows(policy: object): Setting {
    const { s3, Bucket } = this;
    return {
      name: "policy",
      wanted: policy,
      read: async () => {
        const found = await unlessNeverSet(s3.send(new GetBucketPolicyCommand({ Bucket })));
        const parsed: unknown = JSON.parse(found?.Policy ?? "null");
        return parsed;
      },
      put: () => s3.send(new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify(policy) })),
    };
  }
}
