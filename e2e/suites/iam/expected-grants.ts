import type { TaskFunction } from "@serverless-tasks/functions/service";
import type { WorkflowRole } from "../../support/workflow-identity";
import type { AttemptedResources } from "./attempts";
import { added } from "./declared-grants";

/** What operators may do with a queue, or with its dead letters. */
const operatedQueue = (name: string): string[] =>
  (name.endsWith("-dlq")
    ? ["ChangeMessageVisibility", "DeleteMessage", "GetQueueAttributes", "ReceiveMessage"]
    : ["GetQueueAttributes", "SendMessage"]
  ).map((action) => `sqs:${action} ${name}`);

/**
 * The attempts of `attempts.ts` that the roles of an environment are authorized for, without those of `declared-grants.ts`.
 * All others must be denied.
 */
export const expectedGrants = ({
  prefix,
  stateBucket,
  lockTable,
  bucketOf,
}: AttemptedResources): Readonly<Record<TaskFunction | WorkflowRole | "operator", readonly string[]>> => ({
  api: [
    `sqs:SendMessage ${prefix}-tasks`,
    `dynamodb:BatchGetItem ${prefix}-tasks`,
    `dynamodb:GetItem ${prefix}-tasks`,
    `dynamodb:PutItem ${prefix}-tasks`,
    `dynamodb:UpdateItem ${prefix}-tasks`,
    `dynamodb:Query ${prefix}-tasks/by-progress`,
    `dynamodb:Query ${prefix}-tasks/by-state`,
    `dynamodb:Query ${prefix}-tasks/by-type`,
  ],
  worker: [
    `sqs:ChangeMessageVisibility ${prefix}-tasks`,
    `sqs:DeleteMessage ${prefix}-tasks`,
    `sqs:GetQueueAttributes ${prefix}-tasks`,
    `sqs:ReceiveMessage ${prefix}-tasks`,
    `sqs:SendMessage ${prefix}-tasks-dlq`,
    `dynamodb:UpdateItem ${prefix}-tasks`,
    `dynamodb:Query ${prefix}-tasks/by-progress`,
    `dynamodb:Query ${prefix}-tasks/by-state`,
    `dynamodb:Query ${prefix}-tasks/by-type`,
    `secretsmanager:GetSecretValue ${prefix}-signing-key`,
  ],
  producer: [
    `sqs:SendMessage ${prefix}-tasks`,
    `dynamodb:BatchGetItem ${prefix}-tasks`,
    `dynamodb:PutItem ${prefix}-tasks`,
    `dynamodb:UpdateItem ${prefix}-tasks`,
    `dynamodb:Query ${prefix}-tasks/by-progress`,
    `dynamodb:Query ${prefix}-tasks/by-state`,
  ],
  plan: [
    `sqs:GetQueueAttributes ${prefix}-tasks`,
    `sqs:GetQueueAttributes ${prefix}-tasks-dlq`,
    `dynamodb:GetItem ${lockTable}`,
    `s3:GetObject ${stateBucket}/10_core/terraform.tfstate`,
    ...added.queues.map((name) => `sqs:GetQueueAttributes ${prefix}-${name}`),
    ...added.buckets.map((name) => `s3:ListBucket ${bucketOf(name)}`),
  ],
  operator: [
    ...["tasks", "tasks-dlq", ...added.queues].flatMap((name) => operatedQueue(`${prefix}-${name}`)),
    `dynamodb:GetItem ${prefix}-tasks`,
    `logs:FilterLogEvents /aws/lambda/${prefix}-worker`,
  ],
  deploy: [
    `sqs:DeleteQueue ${prefix}-tasks`,
    `sqs:GetQueueAttributes ${prefix}-tasks`,
    `sqs:DeleteQueue ${prefix}-tasks-dlq`,
    `sqs:GetQueueAttributes ${prefix}-tasks-dlq`,
    `dynamodb:DeleteTable ${prefix}-tasks`,
    `dynamodb:DeleteItem ${lockTable}`,
    `dynamodb:GetItem ${lockTable}`,
    `dynamodb:PutItem ${lockTable}`,
    `secretsmanager:DeleteSecret ${prefix}-signing-key`,
    `s3:GetObject ${stateBucket}/10_core/terraform.tfstate`,
    `s3:PutObject ${stateBucket}/10_core/terraform.tfstate`,
    `lambda:InvokeFunction ${prefix}-worker`,
    `lambda:UpdateFunctionCode ${prefix}-worker`,
    `iam:AttachRolePolicy ${prefix}-worker`,
    `iam:PutRolePolicy ${prefix}-worker`,
    `iam:UpdateAssumeRolePolicy ${prefix}-worker`,
    `events:PutRule ${prefix}-sweep`,
    ...added.queues.flatMap((name) =>
      ["sqs:DeleteQueue", "sqs:GetQueueAttributes"].map((action) => `${action} ${prefix}-${name}`),
    ),
    ...added.tables.map((name) => `dynamodb:DeleteTable ${prefix}-${name}`),
    ...added.buckets.flatMap((name) =>
      ["s3:DeleteObject", "s3:ListBucket"].map((action) => `${action} ${bucketOf(name)}`),
    ),
  ],
});
