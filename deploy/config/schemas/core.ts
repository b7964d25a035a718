import * as z from "zod";
import { awsRegion } from "./aws-region";
import { recoveryConfig } from "./recovery";
import { setting } from "./setting";

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
  classic_subject: setting(
    "Also accepts tokens whose subject has owner and repository without their ids, as GitHub issues them for repositories created before 2026-07-15: https://docs.github.com/en/actions/reference/security/oidc",
    z.boolean(),
  ),
  existing_provider: setting(
    "The account already has GitHub's OIDC provider, of which it can have one only.",
    z.boolean(),
  ),
});
export type GithubRepository = z.output<typeof githubRepository>;

/** `deploy/10_core/environments/<environment>/terraform.tfvars` */
export const coreConfig = z.strictObject({
  project: setting(
    "Prefix of every resource's name; short, since S3 and IAM limit names to 63 and 64 characters.",
    z.string().regex(/^[a-z][a-z0-9-]{1,18}[a-z0-9]$/, "3-20 of a-z, 0-9 and -, a letter first"),
  ),
  owner: setting("The responsible team: the `Owner` tag.", tagValue),
  cost_center: setting("The cost center: the `CostCenter` tag.", tagValue),
  protected: setting(
    "Protects data against mistakes: requires deletion protection, recovery and authorized routes in the other layers.",
    z.boolean(),
  ),
  region: setting("The region of all resources.", awsRegion),
  allowed_account_ids: setting(
    "Accounts in which Terraform may plan and apply.",
    z
      .array(z.string().regex(/^\d{12}$/, 'an account id of 12 digits in quotes, such as "111111111111"'))
      .min(1),
  ),
  log_retention_days: setting(
    "Days after which logs of the functions and the API are deleted.",
    z.literal(retentionDays),
  ),
  encryption: z.strictObject({
    customer_managed_key: setting(
      "A customer managed KMS key for queues, table, secrets, logs and function variables, instead of keys of AWS.",
      z.boolean(),
    ),
    deletion_window_days: setting(
      "Days between the scheduling of the key's deletion and the deletion; KMS accepts 7 to 30.",
      z.int().min(7).max(30),
    ),
  }),
  alarms_enabled: setting(
    "Alarms on every resource, a topic that they notify, and a dashboard. Without it there is none of them.",
    z.boolean(),
  ),
  alarm_emails: setting(
    "Addresses that alarms notify; each recipient confirms the subscription by a link in an email.",
    z.array(z.email()),
  ),
  alarm_https_endpoints: setting(
    "URLs that alarms notify, such as those of a paging service, which confirm the subscription themselves.",
    z.array(z.url({ protocol: /^https$/ })),
  ),
  operators: setting(
    "ARNs of the IAM roles and users that may assume the operator role, which reads, pauses, redrives and rolls back, and deploys nothing. Without any there is no such role.",
    z.array(
      z
        .string()
        .regex(
          /^arn:aws[a-z-]*:iam::\d{12}:(?:role|user)\/[\w+=,.@/-]+$/,
          'the ARN of a role or a user, such as "arn:aws:iam::111111111111:role/on-call"',
        ),
    ),
  ),
  recovery: setting(
    "A second region, to which the service fails over: docs/operations/recovery.md.",
    recoveryConfig.optional(),
  ),
  github: setting(
    "The repository whose workflows plan and deploy the environment; without it there are no roles for GitHub Actions.",
    githubRepository.optional(),
  ),
});
export type CoreConfig = z.output<typeof coreConfig>;
