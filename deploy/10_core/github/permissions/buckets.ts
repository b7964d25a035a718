import type { DeploymentPermission } from "./permission";

const s3 = (names: string) => names.split(" ").map((name) => `s3:${name}`);

/**
 * What Terraform calls on buckets and their settings. Each bucket is named: the bucket of Terraform's states has the
 * environment's prefix as well. Deleting a bucket with objects, in an environment that is not protected, deletes them.
 */
export const bucketPermissions = (arns: readonly string[]): DeploymentPermission[] =>
  arns.length === 0
    ? []
    : [
        {
          sid: "Buckets",
          resources: arns,
          creates: {
            aws_s3_bucket: "bucket",
            aws_s3_bucket_lifecycle_configuration: undefined,
            aws_s3_bucket_ownership_controls: undefined,
            aws_s3_bucket_policy: undefined,
            aws_s3_bucket_public_access_block: undefined,
            aws_s3_bucket_server_side_encryption_configuration: undefined,
            aws_s3_bucket_versioning: undefined,
          },
          read: s3(
            "GetAccelerateConfiguration GetBucketAcl GetBucketCORS GetBucketLogging GetBucketObjectLockConfiguration GetBucketOwnershipControls GetBucketPolicy GetBucketPublicAccessBlock GetBucketRequestPayment GetBucketTagging GetBucketVersioning GetBucketWebsite GetEncryptionConfiguration GetLifecycleConfiguration GetReplicationConfiguration ListBucket",
          ),
          write: s3(
            "CreateBucket DeleteBucket DeleteBucketPolicy ListBucketVersions PutBucketOwnershipControls PutBucketPolicy PutBucketPublicAccessBlock PutBucketTagging PutBucketVersioning PutEncryptionConfiguration PutLifecycleConfiguration",
          ),
        },
        {
          sid: "BucketObjects",
          resources: arns.map((arn) => `${arn}/*`),
          read: [],
          write: ["s3:DeleteObject", "s3:DeleteObjectVersion"],
        },
      ];
