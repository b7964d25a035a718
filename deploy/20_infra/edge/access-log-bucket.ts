import type { Construct } from "constructs";
import type { CoreOutputs } from "../../10_core/outputs";
import { edgeLogBucketArn, edgeLogBucketName } from "../../shared/declared-arns";
import { suppressCheck } from "../../shared/suppression";
import { PrivateBucket } from "../private-bucket";

export interface AccessLogBucketProps {
  readonly namePrefix: string;
  readonly core: CoreOutputs;
}

/** The bucket of CloudFront's access log. */
export class AccessLogBucket extends PrivateBucket {
  readonly domainName: string;

  constructor(scope: Construct, id: string, { namePrefix, core }: AccessLogBucketProps) {
    super(scope, id, {
      name: edgeLogBucketName(core, namePrefix),
      arn: edgeLogBucketArn(core, namePrefix),
      // CloudFront's log delivery cannot use the environment's key.
      keyArn: undefined,
      // Logs are no data of the service: turning off the edge deletes them.
      isProtected: false,
      // CloudFront writes by an ACL.
      ownership: "BucketOwnerPreferred",
      lifecycle: {
        id: "expire",
        expiration: [{ days: core.log_retention_days }],
        noncurrentVersionExpiration: [{ noncurrentDays: 1 }],
      },
      suppressed,
    });
    suppressCheck(this.ownership, "CKV2_AWS_65", "CloudFront delivers its logs by an ACL");
    // Not a reference, by which the policy scanner would take the bucket for an origin.
    this.domainName = `${edgeLogBucketName(core, namePrefix)}.s3.amazonaws.com`;
  }
}

const suppressed = {
  CKV_AWS_18: "the bucket holds access logs; logs of reading them need a second bucket",
  CKV_AWS_144: "the environment has one region",
  CKV_AWS_145: "CloudFront delivers logs to buckets with keys of S3",
  CKV2_AWS_62: "nothing waits for the logs",
};
