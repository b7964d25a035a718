import { environmentNames } from "../../../deploy/config/environments";
import { ResolvedEnvironment } from "../../../deploy/policies/resolved-environment";
import { synthesizedForAws } from "../../../deploy/testing/environments";
import { unlistedActions, conditionKeys } from "./iam-exceptions";
import { referenceProblems } from "./iam-reference";
import { policyDocuments, type PolicyDocument, type PolicyStatement } from "./policy-documents";

jest.setTimeout(60_000); // environments are synthesized one after the other

const documentsOf = async (name: string) =>
  policyDocuments(new ResolvedEnvironment(await synthesizedForAws(name)));

const problemsOf = async (documents: readonly PolicyDocument[]) =>
  (await Promise.all(documents.map(referenceProblems))).flat();

let all: Map<string, PolicyDocument[]>;
beforeAll(async () => {
  all = new Map();
  for (const name of environmentNames()) all.set(name, await documentsOf(name));
});

test.each(environmentNames())("%s: actions, ARNs and condition keys are as AWS knows them", async (name) => {
  const documents = all.get(name) ?? [];
  const kinds = [
    "aws_iam_policy",
    "aws_iam_role",
    "aws_iam_role_policy",
    "aws_sqs_queue",
    "aws_s3_bucket_policy",
  ];
  expect(new Set(documents.map(({ type }) => type))).toEqual(
    new Set(documents.some(({ type }) => type === "aws_kms_key") ? [...kinds, "aws_kms_key"] : kinds),
  );
  expect(await problemsOf(documents)).toEqual([]);
});

test("every key of the environments is looked at, and no exception is left over", () => {
  const statements = [...all.values()].flat().flatMap((document) => document.statements);
  const keys = statements.flatMap(({ Condition }) => Object.values(Condition).flatMap(Object.keys));
  expect([...new Set(keys)].sort()).toEqual(Object.keys(conditionKeys).sort());
  const actions = statements.flatMap(({ Action }) => Action);
  expect(actions).toEqual(expect.arrayContaining(Object.keys(unlistedActions)));
});

/** AWS counts no white space: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const longest: Readonly<Record<string, number>> = {
  aws_iam_policy: 6_144,
  aws_iam_role: 2_048,
  aws_iam_role_policy: 10_240,
  aws_kms_key: 32_768,
};

test.each(environmentNames())("%s: policies are no longer than AWS takes them", (name) => {
  const measured = (all.get(name) ?? []).filter(({ type }) => type in longest);
  expect(measured.length).toBeGreaterThan(10);
  const tooLong = measured.filter(
    ({ type, text }) => text.replaceAll(/\s/g, "").length > (longest[type] ?? 0),
  );
  expect(tooLong.map(({ where }) => where)).toEqual([]);
});

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
    "a key without a line in the table",
    { Condition: { StringEquals: { "aws:SourceVpc": ["vpc-1"] } } },
    "aws:SourceVpc has no line in iam-exceptions.ts",
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
  const found = await problemsOf([{ where: "here", type, text: "", statements: [{ ...send, ...change }] }]);
  if (problem === undefined) expect(found).toEqual([]);
  else expect(found).toEqual(expect.arrayContaining([expect.stringContaining(problem)]));
});
