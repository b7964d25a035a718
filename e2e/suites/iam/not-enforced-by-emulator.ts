/**
 * Permissions that AWS requires and the emulator does not, each with the reason: an action, or an action of a statement.
 * No test on the emulator can show that they are needed. The suite fails when the emulator requires one of them.
 */
const notEnforced: Readonly<Record<string, string>> = {
  "SendFailedEvents sqs:SendMessage":
    "Lambda sends failed events with the role of the producer; the emulator sends them without a role",
  "ReadFunctions lambda:ListTags":
    "GetFunction returns tags only to callers that may list them, the emulator to all; tested in e2e/suites/iam/role-reads.test.ts",
  "apigateway:TagResource":
    "AWS requires it in addition to POST to create a resource with tags; the emulator does not",
  "apigateway:UntagResource": "as apigateway:TagResource",
  "cloudwatch:GetMetricData": "releases in the local cloud watch no metrics: it has no traffic",
  "iam:GetOpenIDConnectProvider":
    "the emulator cannot tag a provider, so that the suite uses an existing one; npm test shows that it is required",
  "iam:TagOpenIDConnectProvider": "as iam:GetOpenIDConnectProvider",
  "iam:UntagOpenIDConnectProvider": "as iam:GetOpenIDConnectProvider",
  "iam:DeletePolicyVersion": "IAM keeps five versions of a policy: required for the sixth change",
  "iam:PassRole": "AWS requires it to create a function with a role; the emulator accepts any role",
  "kms:CreateGrant": "DynamoDB and Lambda require it to use the key; the emulator does not encrypt",
  "kms:Decrypt": "as kms:CreateGrant",
  "kms:Encrypt": "as kms:CreateGrant",
  "kms:GenerateDataKey": "as kms:CreateGrant",
  "kms:GenerateDataKeyWithoutPlaintext": "as kms:CreateGrant",
  "kms:ReEncryptFrom": "as kms:CreateGrant",
  "kms:ReEncryptTo": "as kms:CreateGrant",
  "lambda:GetAccountSettings": "the emulator requires no permission",
  "lambda:DeleteLayerVersion": "the emulator requires no permission",
  "lambda:DeleteEventSourceMapping": "the emulator requires no permission",
  "lambda:UpdateEventSourceMapping": "the emulator requires no permission",
  "logs:AssociateKmsKey": "the emulator has no such operation; it sets the key when it creates the log group",
  "logs:CreateLogDelivery": "API Gateway requires it to create a stage with an access log",
  "logs:CreateLogStream": "Lambda writes logs with the role of the function; the emulator without a role",
  "logs:DeleteLogDelivery": "as logs:CreateLogDelivery",
  "logs:DescribeResourcePolicies": "as logs:CreateLogDelivery",
  "logs:DisassociateKmsKey": "as logs:AssociateKmsKey",
  "logs:GetLogDelivery": "as logs:CreateLogDelivery",
  "logs:ListLogDeliveries": "as logs:CreateLogDelivery",
  "logs:PutLogEvents": "as logs:CreateLogStream",
  "logs:PutResourcePolicy": "as logs:CreateLogDelivery",
  "logs:UpdateLogDelivery": "as logs:CreateLogDelivery",
  "sqs:ChangeMessageVisibilityBatch":
    "only the emulator requires it, and only of callers that send batches: AWS requires the action of single messages",
  "sqs:SendMessageBatch": "as sqs:ChangeMessageVisibilityBatch",
  "CallApi execute-api:Invoke":
    "the API of dev has no authorization; deploy/10_core/operator-role.test.ts compares the routes",
  "HandleDeadLetters sqs:StartMessageMoveTask": "the emulator has no message move tasks",
  "HandleDeadLetters sqs:ListMessageMoveTasks": "as HandleDeadLetters sqs:StartMessageMoveTask",
  "TaskQueue sqs:DeleteMessage":
    "the poller of Lambda uses the role of the worker; the emulator's uses no role",
  "TaskQueue sqs:GetQueueAttributes": "as TaskQueue sqs:DeleteMessage",
  "TaskQueue sqs:ReceiveMessage": "as TaskQueue sqs:DeleteMessage",
};

/** Whether AWS requires an action of a statement and the emulator does not. */
export const isNotEnforced = (sid: string, action: string): boolean =>
  action in notEnforced || `${sid} ${action}` in notEnforced;
