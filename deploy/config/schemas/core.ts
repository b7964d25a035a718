import * as z from "zod";
import { awsRegion } from "./aws-region";

/**
 * The value of a tag that every service takes. IAM is the strictest on characters, and Lambda keeps `aws:` to AWS:
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
    (text) => !/^aws:/i.test(text),
    'a tag value that does not begin with "aws:", which AWS keeps for itself',
  );

/** What CloudWatch Logs accepts, https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const retentionDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const numericId = z.string().regex(/^[1-9]\d{0,19}$/, 'an id in digits, in quotes, such as "1296269"');

/** The ids, unlike names, are never given to somebody else: `gh api repos/<owner>/<name> --jq '.owner.id, .id'`. */
const githubRepository = z.strictObject({
  owner: z.string().regex(/^[\w-]{1,39}$/, "a GitHub user or organization"),
  owner_id: numericId,
  repository: z
    .string()
    .regex(/^(?!\.{1,2}$)(?!.*\.git$)[\w.-]{1,100}$/, "a repository's name, without its owner and .git"),
  repository_id: numericId,
  /**
   * Takes tokens, too, whose subject names owner and repository without their ids, as those of repositories made
   * before 2026-07-15 do: https://docs.github.com/en/actions/reference/security/oidc
   */
  classic_subject: z.boolean(),
  /** The account has GitHub's identity provider already: it can have one only. */
  existing_provider: z.boolean(),
});
export type GithubRepository = z.output<typeof githubRepository>;

/** `deploy/10_core/environments/<environment>/terraform.tfvars` */
export const coreConfig = z.strictObject({
  /** First part of every resource's name; short, since S3 and IAM names have 63 and 64 characters in all. */
  project: z.string().regex(/^[a-z][a-z0-9-]{1,18}[a-z0-9]$/, "3-20 of a-z, 0-9 and -, a letter first"),
  /** Who answers for it: the `Owner` tag. */
  owner: tagValue,
  /** Who pays for it: the `CostCenter` tag. */
  cost_center: tagValue,
  /** Data here must outlive mistakes: demands deletion protection, recovery and closed routes of the other layers. */
  protected: z.boolean(),
  /** Where all of it is. */
  region: awsRegion,
  /** Terraform refuses to plan in any other account. */
  allowed_account_ids: z
    .array(z.string().regex(/^\d{12}$/, 'an account id of 12 digits in quotes, such as "111111111111"'))
    .min(1),
  /** Days after which what the functions and the API logged is deleted. */
  log_retention_days: z.literal(retentionDays),
  encryption: z.strictObject({
    /** A KMS key of our own for queues, table, logs and function environments, instead of AWS's keys. */
    customer_managed_key: z.boolean(),
    /** Days between the key's scheduled deletion and its end; KMS accepts 7 to 30. */
    deletion_window_days: z.int().min(7).max(30),
  }),
  /** The repository whose workflows plan and deploy the environment; left out, GitHub gets no roles here. */
  github: githubRepository.optional(),
});
export type CoreConfig = z.output<typeof coreConfig>;
