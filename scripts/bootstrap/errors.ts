import { userError } from "../core/errors";

export const wrongAccount = (
  found: string,
  allowed: readonly string[],
  endpoint: string,
  environment: string,
) =>
  userError(
    `These credentials belong to account ${found} at ${endpoint}.`,
    `one of the accounts ${allowed.join(", ")}, which deploy/10_core/environments/${environment}/terraform.tfvars allows`,
    "use credentials of that account, or correct allowed_account_ids",
  );

export const bucketTaken = (bucket: string, cause: unknown) =>
  userError(
    `The bucket ${bucket} exists, and these credentials have no access to it.`,
    "a name that is free, or a bucket of this account; bucket names are unique in all of AWS",
    "choose another name in deploy/*/environments/*/backend.tfvars, or request s3:ListBucket on the bucket",
    cause,
  );

export const bucketInOtherRegion = (bucket: string, found: string, expected: string, cause: unknown) =>
  userError(
    `The bucket ${bucket} exists in the region ${found}.`,
    `a bucket in ${expected}, the region in backend.tfvars; a bucket cannot be moved`,
    "choose another name, or correct region, in deploy/*/environments/*/backend.tfvars",
    cause,
  );

export const stillBusy = (what: string, seconds: number, cause: unknown) =>
  userError(
    `AWS did not accept ${what} within ${seconds} s: ${cause instanceof Error ? cause.message : String(cause)}`,
    "a new table or bucket to accept settings within one or two minutes",
    "run the command again: what is there is adopted",
    cause,
  );

export const noCredentials = (endpoint: string, cause: unknown) =>
  userError(
    `${endpoint} did not return the caller of these credentials: ${cause instanceof Error ? cause.message : String(cause)}`,
    "working credentials",
    "log in (aws sso login, or set AWS_PROFILE), then try again",
    cause,
  );
