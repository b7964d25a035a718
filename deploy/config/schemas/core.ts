import * as z from "zod";
import { awsRegion } from "./aws-region";

/**
 * A tag value that every service accepts. IAM allows the fewest characters, and Lambda reserves the prefix `aws:`:
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_Tag.html
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-tags.html
 */
const tagValue = z
  .string()
  .regex(
    /^[\p{L}\p{N}_.:/=+@-](?:[\p{L}\p{N} _.:/=+@-]{0,254}[\p{L}\p{N}_.:/=+@-])?$/u,
    "a tag value of 1 to 256 letters, digits, spaces and _ . : / = + - @, no space first or last",
  )
  .refine(
    (value) => !/^aws:/i.test(value),
    'a tag value that does not start with "aws:", which AWS reserves',
  );

/** Retentions of CloudWatch Logs, https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const retentionDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const numericId = z.string().regex(/^[1-9]\d{0,19}$/, 'an id in digits, in quotes, such as "1296269"');

/** Ids, unlike names, are never reused: `gh api repos/<owner>/<name> --jq '.owner.id, .id'`. */
const githubRepository = z.strictObject({
  owner: z.string().regex(/^[\w-]{1,39}$/, "a GitHub user or organization"),
  owner_id: numericId,
  repository: z
    .string()
    .regex(/^(?!\.{1,2}$)(?!.*\.git$)[\w.-]{1,100}$/, "a repository's name, without its owner and .git"),
  repository_id: numericId,
  /**
   * Also accepts tokens whose subject has owner and repository without their ids, as GitHub issues them for
   * repositories created before 2026-07-15: https://docs.github.com/en/actions/reference/security/oidc
   */
  classic_subject: z.boolean(),
  /** The account already has GitHub's OIDC provider, of which it can have one only. */
  existing_provider: z.boolean(),
});
export type GithubRepository = z.output<typeof githubRepository>;

/** `deploy/10_core/environments/<environment>/terraform.tfvars` */
export const coreConfig = z.strictObject({
  /** Prefix of every resource's name; short, since S3 and IAM limit names to 63 and 64 characters. */
  project: z.string().regex(/^[a-z][a-z0-9-]{1,18}[a-z0-9]$/, "3-20 of a-z, 0-9 and -, a letter first"),
  /** The responsible team: the `Owner` tag. */
  owner: tagValue,
  /** The cost center: the `CostCenter` tag. */
  cost_center: tagValue,
  /** Protects data against mistakes: requires deletion protection, recovery and authorized routes in the other layers. */
  protected: z.boolean(),
  /** The region of all resources. */
  region: awsRegion,
  /** Accounts in which Terraform may plan and apply. */
  allowed_account_ids: z
    .array(z.string().regex(/^\d{12}$/, 'an account id of 12 digits in quotes, such as "111111111111"'))
    .min(1),
  /** Days after which logs of the functions and the API are deleted. */
  log_retention_days: z.literal(retentionDays),
  encryption: z.strictObject({
    /** A customer managed KMS key for queues, table, secrets, logs and function variables, instead of keys of AWS. */
    customer_managed_key: z.boolean(),
    /** Days between the scheduling of the key's deletion and the deletion; KMS accepts 7 to 30. */
    deletion_window_days: z.int().min(7).max(30),
  }),
  /** The repository whose workflows plan and deploy the environment; without it there are no roles for GitHub Actions. */
  github: githubRepository.optional(),
});
export type CoreConfig = z.output<typeof coreConfig>;
