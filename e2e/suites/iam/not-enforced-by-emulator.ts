/**
 * Permissions, some of one statement only, that AWS asks for and the emulator does not, each with who asks. They can be shown by no run here;
 * what is in this list and is asked for after all fails the proof.
 */
const notEnforced: Readonly<Record<string, string>> = {
  "SendFailedEvents sqs:SendMessage":
    "Lambda hands on with the producer's role what the producer failed on; the emulator with nobody's",
  "ReadFunctions lambda:ListTags":
    "GetFunction returns tags to who is allowed it; the emulator's to everyone. e2e/suites/smoke/role-reads.test.ts sees it",
  "apigateway:TagResource":
    "requested in addition to POST for what is created with tags, and not by the emulator",
  "apigateway:UntagResource": "as apigateway:TagResource",
  "iam:GetOpenIDConnectProvider":
    "the emulator cannot tag a provider, so that here the account has one already; npm test sees this asked for",
  "iam:TagOpenIDConnectProvider": "as iam:GetOpenIDConnectProvider",
  "iam:UntagOpenIDConnectProvider": "as iam:GetOpenIDConnectProvider",
  "iam:DeletePolicyVersion": "IAM keeps five versions of a policy: asked for at the sixth change",
  "iam:PassRole": "AWS asks for it when a function is given its role; the emulator takes any role",
  "kms:CreateGrant": "DynamoDB and Lambda ask for it to use the key; the emulator encrypts nothing",
  "kms:Decrypt": "as kms:CreateGrant",
  "kms:Encrypt": "as kms:CreateGrant",
  "kms:GenerateDataKey": "as kms:CreateGrant",
  "kms:GenerateDataKeyWithoutPlaintext": "as kms:CreateGrant",
  "kms:ReEncryptFrom": "as kms:CreateGrant",
  "kms:ReEncryptTo": "as kms:CreateGrant",
  "lambda:GetAccountSettings": "the emulator asks for no permission",
  "lambda:DeleteLayerVersion": "the emulator asks for no permission",
  "lambda:DeleteEventSourceMapping": "the emulator asks for no permission",
  "lambda:UpdateEventSourceMapping": "the emulator asks for no permission",
  "logs:AssociateKmsKey": "the emulator has no such operation; the key of a log group is set when it is made",
  "logs:CreateLogDelivery": "API Gateway asks for it when a stage is given an access log",
  "logs:CreateLogStream": "Lambda writes a function's log; the emulator keeps logs itself",
  "logs:DeleteLogDelivery": "as logs:CreateLogDelivery",
  "logs:DescribeResourcePolicies": "as logs:CreateLogDelivery",
  "logs:DisassociateKmsKey": "as logs:AssociateKmsKey",
  "logs:GetLogDelivery": "as logs:CreateLogDelivery",
  "logs:ListLogDeliveries": "as logs:CreateLogDelivery",
  "logs:PutLogEvents": "as logs:CreateLogStream",
  "logs:PutResourcePolicy": "as logs:CreateLogDelivery",
  "logs:UpdateLogDelivery": "as logs:CreateLogDelivery",
  "TaskQueueEmulated0 sqs:SendMessageBatch":
    "only the emulator asks for it, and only of the producer: on AWS a batch needs sqs:SendMessage",
  "SendFailedEventsEmulated0 sqs:SendMessageBatch": "as that of the task queue",
  "TaskQueue sqs:DeleteMessage":
    "Lambda's poller asks for it with the worker's role; the emulator's does not",
  "TaskQueue sqs:GetQueueAttributes": "as sqs:DeleteMessage of the worker",
  "TaskQueue sqs:ReceiveMessage": "as sqs:DeleteMessage of the worker",
};

/** Whether only AWS asks for an action of a statement. */
export const isUnseen = (sid: string, action: string): boolean =>
  action in notEnforced || `${sid} ${action}` in notEnforced;
