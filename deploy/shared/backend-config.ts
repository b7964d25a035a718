import * as z from "zod";

/** `backend.tfvars`: where a layer keeps its Terraform state. */
export const backendConfig = z.strictObject({
  /**
   * The bucket that holds the state. S3 bucket names: 3 to 63 characters, https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
   * Five of them are left for the bucket of its access log, `<bucket>-logs`.
   */
  bucket: z.string().regex(/^[a-z0-9][a-z0-9-]{1,56}[a-z0-9]$/, "an S3 bucket name (3-58 of a-z, 0-9 and -)"),
  /** The state's name in the bucket. */
  key: z.string().regex(/^[\w./-]+\.tfstate$/, "an S3 key that ends in .tfstate"),
  /** The region of bucket and table. */
  region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, "an AWS region such as eu-central-1"),
  /** The table that holds the state lock; its partition key is `LockID`. */
  dynamodb_table: z.string().regex(/^[\w.-]{3,255}$/, "a DynamoDB table name (3-255 of a-z, 0-9, _ . -)"),
  /** By KMS: the bucket does it, as `npm run bootstrap` sets it up. */
  encrypt: z.literal(true),
});
export type BackendConfig = z.output<typeof backendConfig>;
