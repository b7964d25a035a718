import type { BucketName } from "@serverless-tasks/functions/service";
import type { Construct } from "constructs";
import type { AwsContext } from "../shared/arn";
import { bucketArn, bucketName } from "../shared/declared-arns";
import { PrivateBucket } from "./private-bucket";

export interface DeclaredBucketProps {
  /** `orders-dev` */
  readonly namePrefix: string;
  readonly awsContext: AwsContext;
  readonly keyArn: string | undefined;
  /** Whether a bucket with objects must not be deleted. */
  readonly isProtected: boolean;
}

/** Days after which the replaced and deleted versions of an object are deleted. */
const versionDays = 30;

/** A bucket of functions/service.ts. */
export class DeclaredBucket extends PrivateBucket {
  readonly arn: string;
  readonly name: string;

  constructor(
    scope: Construct,
    key: BucketName,
    { namePrefix, awsContext, keyArn, isProtected }: DeclaredBucketProps,
  ) {
    super(scope, [key, "bucket"].join("-"), {
      name: bucketName(awsContext, namePrefix, key),
      arn: bucketArn(awsContext, namePrefix, key),
      keyArn,
      isProtected,
      ownership: "BucketOwnerEnforced",
      lifecycle: {
        id: "delete-old-versions",
        noncurrentVersionExpiration: [{ noncurrentDays: versionDays }],
      },
      suppressed,
    });
    this.arn = this.resource.arn;
    this.name = this.resource.bucket;
  }
}

const suppressed = {
  CKV_AWS_18: "access logs need a second bucket; CloudTrail's data events record who reads objects",
  CKV_AWS_144: "the environment has one region",
  CKV2_AWS_62: "functions write objects themselves; nothing waits for an event",
};
