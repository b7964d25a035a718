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

/** What S3 says of a setting that a bucket has never had. */
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

/** The settings of a bucket, each with the value that it has to have. */
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

  /** A customer managed key stays, since only the algorithm is compared. */
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

  /** From then on grants to others, of the bucket or of objects in it, count for nothing. */
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
        // S3 does not take ownership from a bucket whose own grants are open.
        await s3.send(new PutBucketAclCommand({ Bucket, ACL: "private" }));
        await s3.send(new PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls: { Rules } }));
      },
    };
  }

  /** Rules that were there before go: one that expires states must not stay. */
  expires(Rules: LifecycleRule[]): Setting {
    const { s3, Bucket } = this;
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

  /** Statements that were there before go, and with them what others were allowed. */
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
