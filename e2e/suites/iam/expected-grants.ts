import type { FunctionName } from "../../../scripts/build/paths";
import type { WorkflowRole } from "../../support/workflow-identity";

/** The attempts of `attempts.ts` that the roles of dev are authorized for. All others must be denied. */
export const expectedGrants: Readonly<Record<FunctionName | WorkflowRole, readonly string[]>> = {
  api: [
    "sqs:SendMessage tasks-dev-tasks",
    "dynamodb:GetItem tasks-dev-tasks",
    "dynamodb:PutItem tasks-dev-tasks",
    "dynamodb:UpdateItem tasks-dev-tasks",
    "dynamodb:Query tasks-dev-tasks/by-creation",
    "dynamodb:Query tasks-dev-tasks/by-state",
  ],
  worker: [
    "sqs:ChangeMessageVisibility tasks-dev-tasks",
    "sqs:DeleteMessage tasks-dev-tasks",
    "sqs:GetQueueAttributes tasks-dev-tasks",
    "sqs:ReceiveMessage tasks-dev-tasks",
    "dynamodb:PutItem tasks-dev-tasks",
    "dynamodb:UpdateItem tasks-dev-tasks",
    "dynamodb:Query tasks-dev-tasks/by-creation",
    "secretsmanager:GetSecretValue tasks-dev-signing-key",
  ],
  producer: [
    "sqs:SendMessage tasks-dev-tasks",
    "dynamodb:PutItem tasks-dev-tasks",
    "dynamodb:UpdateItem tasks-dev-tasks",
    "dynamodb:Query tasks-dev-tasks/by-state",
    "dynamodb:Query tasks-dev-tasks/outbox",
  ],
  plan: [
    "sqs:GetQueueAttributes tasks-dev-tasks",
    "sqs:GetQueueAttributes tasks-dev-tasks-dlq",
    "dynamodb:GetItem tasks-dev-tflock",
    "s3:GetObject tasks-dev-tfstate-111111111111/10_core/terraform.tfstate",
  ],
  deploy: [
    "sqs:DeleteQueue tasks-dev-tasks",
    "sqs:GetQueueAttributes tasks-dev-tasks",
    "sqs:DeleteQueue tasks-dev-tasks-dlq",
    "sqs:GetQueueAttributes tasks-dev-tasks-dlq",
    "dynamodb:DeleteTable tasks-dev-tasks",
    "dynamodb:DeleteItem tasks-dev-tflock",
    "dynamodb:GetItem tasks-dev-tflock",
    "dynamodb:PutItem tasks-dev-tflock",
    "secretsmanager:DeleteSecret tasks-dev-signing-key",
    "s3:GetObject tasks-dev-tfstate-111111111111/10_core/terraform.tfstate",
    "s3:PutObject tasks-dev-tfstate-111111111111/10_core/terraform.tfstate",
    "lambda:UpdateFunctionCode tasks-dev-worker",
    "iam:AttachRolePolicy tasks-dev-worker",
    "iam:PutRolePolicy tasks-dev-worker",
    "iam:UpdateAssumeRolePolicy tasks-dev-worker",
    "events:PutRule tasks-dev-sweep",
  ],
};
