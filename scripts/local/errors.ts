import { LocalCloudError, localCloudError as say } from "../../packages/local-cloud/src/errors";

export { LocalCloudError, say };

export const commandFailed = (command: string, exitCode: number | null, output: string) =>
  say(
    `${command} failed${exitCode === null ? "" : ` with ${exitCode}`}:\n${output}`,
    "it to succeed",
    "read its words above",
  );

export const deployFailed = (what: string, log: string, lastLines: string) =>
  say(
    `${what} failed:\n${lastLines}`,
    "Terraform to finish",
    `read ${log}, mend the cause and start again: what was done is kept`,
  );

export const noAnswer = (url: string, expected: string, found: string) =>
  say(
    `${url} did not answer as it should: ${found}.`,
    expected,
    "npm run destroy -- dev, then npm start, begins anew",
  );

export const noSecret = (id: string, cause: Error) =>
  say(
    `The secret ${id} could not be set: ${cause.message}`,
    "a secret that the infra layer has made, and that is not being deleted",
    "deploy infra first",
  );

/** @param settings what to change, the one that decides first */
export const stillProtected = (environment: string, settings: readonly string[]) =>
  say(
    `${environment} is protected, and nothing of it was touched.`,
    `an environment whose tfvars say otherwise; here they have to, in this order:\n${settings
      .map((setting, index) => `    ${index + 1}. ${setting}`)
      .join("\n")}`,
    `have that reviewed, apply it (npx cdktf deploy '*-${environment}'), then destroy`,
  );

export const wrongUsage = (problem: string, usage: string) => new LocalCloudError(`${problem}\n\n${usage}`);

export const wrongAccount = (
  found: string,
  allowed: readonly string[],
  endpoint: string,
  environment: string,
) =>
  say(
    `These credentials belong to account ${found} at ${endpoint}.`,
    `one of the accounts ${allowed.join(", ")}, which deploy/10_core/environments/${environment}/terraform.tfvars allows`,
    "use credentials of that account, or correct allowed_account_ids",
  );

export const bucketTaken = (bucket: string, cause: unknown) =>
  say(
    `The bucket ${bucket} exists, and these credentials have no access to it.`,
    "a name that is free, or a bucket of this account; bucket names are unique in all of AWS",
    "choose another name in deploy/*/environments/*/backend.tfvars, or request s3:ListBucket on the bucket",
    cause,
  );

export const bucketInOtherRegion = (bucket: string, found: string, expected: string, cause: unknown) =>
  say(
    `The bucket ${bucket} exists in the region ${found}.`,
    `a bucket in ${expected}, the region in backend.tfvars; a bucket cannot be moved`,
    "choose another name, or correct region, in deploy/*/environments/*/backend.tfvars",
    cause,
  );

export const stillBusy = (what: string, seconds: number, cause: unknown) =>
  say(
    `AWS did not accept ${what} within ${seconds} s: ${cause instanceof Error ? cause.message : String(cause)}`,
    "a new table or bucket to accept settings within one or two minutes",
    "run npm run bootstrap again: what is there is adopted",
    cause,
  );

export const noCredentials = (endpoint: string, cause: unknown) =>
  say(
    `${endpoint} could not be asked whose credentials these are: ${cause instanceof Error ? cause.message : String(cause)}`,
    "working credentials",
    "log in (aws sso login, or set AWS_PROFILE), then try again",
    cause,
  );
