import { referenceProblems, type ConditionKeys } from "./iam-reference";
import type { PolicyStatement } from "./statement";

const sentForService = {
  always: false,
  why: "services send it with requests on behalf of a resource",
  missingFrom: [
    { service: "events.amazonaws.com", actions: /^kms:/, why: "EventBridge does not send it to KMS" },
  ],
};
const conditionKeys: ConditionKeys = {
  "aws:SourceAccount": sentForService,
  "aws:SourceArn": sentForService,
  "kms:EncryptionContext:aws:sqs:arn": { always: false, why: "SQS sends the queue's ARN" },
  "lambda:FunctionArn": { always: false, why: "a request about a mapping has the function of the mapping" },
};

const queue = "arn:aws:sqs:eu-central-1:111111111111:tasks-dev-tasks";
const mapping = "arn:aws:lambda:eu-central-1:111111111111:event-source-mapping:*";
const send: PolicyStatement = {
  Sid: "Sample",
  Effect: "Allow",
  Action: ["sqs:SendMessage"],
  Resource: [queue],
  Condition: {},
};
const onFunction = { ArnLike: { "lambda:FunctionArn": ["arn:aws:lambda:*:*:function:tasks-dev-*"] } };

test.each<[string, Partial<PolicyStatement>, string | undefined, string]>([
  ["no mistake", {}, undefined, "aws_iam_policy"],
  ["a misspelled action", { Action: ["sqs:SendMesage"] }, "sqs:SendMesage is not an action", ""],
  [
    "an API operation that is not an action",
    { Action: ["sqs:SendMessageBatch"] },
    "sqs:SendMessageBatch is not an action",
    "",
  ],
  ["a pattern without a match", { Action: ["sqs:Resend*"] }, "sqs:Resend* is not an action", ""],
  ["an unknown service", { Action: ["queue:SendMessage"] }, "queue:SendMessage is not an action", ""],
  [
    "a condition key of other actions",
    { Action: ["lambda:TagResource"], Resource: [mapping], Condition: onFunction },
    "lambda:FunctionArn is not a condition key of lambda:TagResource",
    "",
  ],
  [
    "a condition key of the action",
    { Action: ["lambda:DeleteEventSourceMapping"], Resource: [mapping], Condition: onFunction },
    undefined,
    "",
  ],
  [
    "a condition key that requests of this service lack",
    {
      Principal: { Service: ["events.amazonaws.com"] },
      Action: ["kms:Decrypt"],
      Resource: ["*"],
      Condition: { StringEquals: { "aws:SourceAccount": ["111111111111"] } },
    },
    "requests of events.amazonaws.com have no aws:SourceAccount",
    "aws_kms_key",
  ],
  [
    "a condition key that DescribeKey does not support",
    {
      Action: ["kms:DescribeKey"],
      Resource: ["*"],
      Condition: { ArnLike: { "kms:EncryptionContext:aws:sqs:arn": [queue] } },
    },
    "kms:EncryptionContext:aws:sqs:arn is not a condition key of kms:DescribeKey",
    "aws_kms_key",
  ],
  [
    "an unlisted condition key",
    { Condition: { StringEquals: { "aws:SourceVpc": ["vpc-1"] } } },
    "aws:SourceVpc is not among the condition keys",
    "",
  ],
  [
    "an operator that is met when the key is missing",
    { Condition: { ArnNotLike: { "aws:SourceArn": [queue] } } },
    "ArnNotLike on aws:SourceArn is met by requests without the key, or is unknown",
    "",
  ],
  [
    "a Deny that does not apply when the key is missing",
    { Effect: "Deny", Condition: { ArnLike: { "aws:SourceArn": [queue] } } },
    "requests without aws:SourceArn are not denied",
    "",
  ],
  [
    "an ARN of another service",
    { Resource: [queue.replace("sqs", "sns")] },
    "sqs:SendMessage supports none of",
    "",
  ],
  ["a superfluous ARN", { Resource: [queue, mapping] }, `no action supports ${mapping}`, ""],
  [
    "an object ARN for a bucket action",
    { Action: ["s3:ListBucket"], Resource: ["arn:aws:s3:::bucket/*"] },
    "s3:ListBucket supports none of arn:aws:s3:::bucket/*",
    "",
  ],
  [
    "an ARN for an action without resource types",
    { Action: ["logs:DescribeLogGroups"], Resource: ["arn:aws:logs:eu-central-1:111111111111:log-group:*"] },
    "logs:DescribeLogGroups has no resource types and requires *",
    "",
  ],
])("a statement with %s", async (_what, change, problem, type) => {
  const found = await referenceProblems(
    { where: "here", type, text: "", statements: [{ ...send, ...change }] },
    conditionKeys,
  );
  if (problem === undefined) expect(found).toEqual([]);
  else expect(found).toEqual(expect.arrayContaining([expect.stringContaining(problem)]));
});
