import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import {
  S3BucketLifecycleConfiguration,
  type S3BucketLifecycleConfigurationRule,
} from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { Construct } from "constructs";
import { denyInsecureTransport, policyDocument } from "../shared/policy-document";
import { suppressChecks } from "../shared/suppression";

export interface PrivateBucketProps {
  readonly name: string;
  /** Not a reference: the policy names it. */
  readonly arn: string;
  readonly keyArn: string | undefined;
  /** Whether a bucket with objects must not be deleted. */
  readonly isProtected: boolean;
  readonly ownership: "BucketOwnerEnforced" | "BucketOwnerPreferred";
  /** The rules of its lifecycle, in addition to the one that removes incomplete uploads. */
  readonly lifecycle: Pick<S3BucketLifecycleConfigurationRule, "id"> &
    Partial<S3BucketLifecycleConfigurationRule>;
  /** Checks of the policy scanner that do not apply, with the reason. */
  readonly suppressed: Readonly<Record<string, string>>;
}

const incompleteUploadDays = 7;

/** A bucket that is private, encrypted, versioned and TLS-only. */
export class PrivateBucket extends Construct {
  readonly resource: S3Bucket;
  /** What must exist before a service writes to the bucket by an ACL. */
  readonly ownership: S3BucketOwnershipControls;

  constructor(scope: Construct, id: string, props: PrivateBucketProps) {
    super(scope, id);
    const { name, arn, keyArn, isProtected, ownership, lifecycle, suppressed } = props;
    const resource = new S3Bucket(this, "Resource", { bucket: name, forceDestroy: !isProtected });
    this.resource = resource;
    const { bucket } = resource;
    suppressChecks(resource, suppressed);
    const versioning = new S3BucketVersioningA(this, "versioning", {
      bucket,
      versioningConfiguration: { status: "Enabled" },
    });
    new S3BucketServerSideEncryptionConfigurationA(this, "encryption", {
      bucket,
      rule: [
        {
          applyServerSideEncryptionByDefault:
            keyArn === undefined
              ? { sseAlgorithm: "AES256" }
              : { sseAlgorithm: "aws:kms", kmsMasterKeyId: keyArn },
          // One data key for many objects instead of a request to KMS for each.
          bucketKeyEnabled: keyArn !== undefined,
        },
      ],
    });
    this.ownership = new S3BucketOwnershipControls(this, "ownership", {
      bucket,
      rule: { objectOwnership: ownership },
    });
    const block = new S3BucketPublicAccessBlock(this, "public-access", {
      bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    new S3BucketLifecycleConfiguration(this, "lifecycle", {
      bucket,
      rule: [
        {
          status: "Enabled",
          filter: [{ prefix: "" }],
          ...lifecycle,
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: incompleteUploadDays }],
        },
      ],
      dependsOn: [versioning],
    });
    new S3BucketPolicy(this, "policy", {
      bucket,
      policy: policyDocument([denyInsecureTransport("s3:*", [arn, `${arn}/*`])]),
      dependsOn: [block],
    });
  }
}
