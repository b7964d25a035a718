import * as z from "zod";
import { awsRegion } from "./aws-region";
import { setting } from "./setting";

/** Prefixes and suffixes that S3 reserves. */
const reservedInBuckets = /^(xn--|sthree-|amzn-s3-demo-)|(-s3alias|--ol-s3|--x-s3|--table-s3)$/;

/** `backend.tfvars`: where a layer stores its Terraform state. */
export const backendConfig = z.strictObject({
  bucket: setting(
    "The bucket that holds the state. S3 bucket names: 3 to 63 characters, https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html At most 58 here, since the bucket of the access log is `<bucket>-logs`.",
    z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{1,56}[a-z0-9]$/, "an S3 bucket name (3-58 of a-z, 0-9 and -)")
      .refine(
        (name) => !reservedInBuckets.test(name),
        "an S3 bucket name without a prefix or suffix that S3 reserves",
      ),
  ),
  key: setting(
    "The S3 key of the state.",
    z
      .string()
      .regex(
        /^(?!.*\.\.)(?!(.*\/)?\.\/)([\w.-]+\/)*[\w-][\w.-]*\.tfstate$/,
        "an S3 key such as 10_core/terraform.tfstate",
      )
      .max(512),
  ),
  region: setting("The region of bucket and table, which is that of the environment.", awsRegion),
  dynamodb_table: setting(
    "The table that holds the state lock; its partition key is `LockID`.",
    z.string().regex(/^[\w.-]{3,255}$/, "a DynamoDB table name (3-255 of A-Z, a-z, 0-9, _ . -)"),
  ),
  encrypt: setting(
    "The bucket that `npm run bootstrap` creates encrypts the state with KMS.",
    z.literal(true),
  ),
});
export type BackendConfig = z.output<typeof backendConfig>;
