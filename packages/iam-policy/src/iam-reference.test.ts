import { referenceProblems, type ConditionKeys } from "./iam-reference";
import type { PolicyStatement } from "./statement";

const sentForService = {
  always: false,
  why: "services send it with requests that they make for a resource",
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
  ["nothing wrong", {}, undefined, "aws_iam_policy"],
  ["an action that is spelled wrong", { Action: ["sqs:SendMesage"] }, "sqs:SendMesage is no action", ""],
  [
    "a batch, which SendMessage allows",
    { Action: ["sqs:SendMessageBatch"] },
    "sqs:SendMessageBatch is no action",
    "",
  ],
  ["a pattern that means nothing", { Action: ["sqs:Resend*"] }, "sqs:Resend* is no action", ""],
  ["a service that is not there", { Action: ["queue:SendMessage"] }, "queue:SendMessage is no action", ""],
  [
    "a key of other actions",
    { Action: ["lambda:TagResource"], Resource: [mapping], Condition: onFunction },
    "lambda:FunctionArn is no condition key of lambda:TagResource",
    "",
  ],
  [
    "a key of one action only",
    { Action: ["lambda:DeleteEventSourceMapping"], Resource: [mapping], Condition: onFunction },
    undefined,
    "",
  ],
  [
    "a key that this service's requests lack",
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
    "a key that DescribeKey has not",
    {
      Action: ["kms:DescribeKey"],
      Resource: ["*"],
      Condition: { ArnLike: { "kms:EncryptionContext:aws:sqs:arn": [queue] } },
    },
    "kms:EncryptionContext:aws:sqs:arn is no condition key of kms:DescribeKey",
    "aws_kms_key",
  ],
  [
    "a key that is not in the table",
    { Condition: { StringEquals: { "aws:SourceVpc": ["vpc-1"] } } },
    "aws:SourceVpc is not among the condition keys",
    "",
  ],
  [
    "an operator that is met without the key",
    { Condition: { ArnNotLike: { "aws:SourceArn": [queue] } } },
    "ArnNotLike on aws:SourceArn is met by requests without it, or not known",
    "",
  ],
  [
    "a Deny that is passed by leaving the key out",
    { Effect: "Deny", Condition: { ArnLike: { "aws:SourceArn": [queue] } } },
    "requests without aws:SourceArn are not denied",
    "",
  ],
  [
    "an ARN of another service",
    { Resource: [queue.replace("sqs", "sns")] },
    "sqs:SendMessage is on none of",
    "",
  ],
  ["an ARN too many", { Resource: [queue, mapping] }, `none of its actions is on ${mapping}`, ""],
  [
    "an object where a bucket is meant",
    { Action: ["s3:ListBucket"], Resource: ["arn:aws:s3:::bucket/*"] },
    "s3:ListBucket is on none of arn:aws:s3:::bucket/*",
    "",
  ],
  [
    "a list of everything on something",
    { Action: ["logs:DescribeLogGroups"], Resource: ["arn:aws:logs:eu-central-1:111111111111:log-group:*"] },
    "logs:DescribeLogGroups is about no resource, and needs *",
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
