import { ResolvedEnvironment } from "../../../deploy/policies/resolved-environment";
import {
  synthesizedWithKey,
  synthesizedWithRoles,
  testedEnvironments,
} from "../../../deploy/testing/environments";
import { synthesize } from "../../../deploy/testing/synthesize";
import { exampleRepository } from "../../../deploy/testing/workflow-claims";
import {
  referenceProblems,
  type ConditionKeys,
  type Presence,
} from "../../../packages/iam-policy/src/iam-reference";
import { unlistedActions } from "../../../packages/iam-policy/src/reference-gaps";
import type { PolicyDocument } from "../../../packages/iam-policy/src/statement";
import { policyDocuments } from "../../testing/policy-documents";

jest.setTimeout(60_000); // environments are synthesized one after the other

const sentForService: Presence = {
  always: false,
  why: "services send it with requests on behalf of a resource",
  missingFrom: [
    {
      service: "events.amazonaws.com",
      actions: /^kms:/,
      why: "EventBridge sends it to an encrypted queue or topic, but it does not reach KMS, https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html",
    },
  ],
};

const claim: Presence = {
  always: false,
  why: "GitHub gives each token the claim; a token without it is not trusted",
};

/** The condition keys that the stacks' policies use. A condition on a key that the request lacks is not met. */
const conditionKeys: ConditionKeys = {
  "aws:PrincipalAccount": { always: true, why: "each signed request has a principal" },
  "aws:PrincipalArn": { always: true, why: "each signed request has a principal" },
  "aws:ResourceTag/Environment": { always: false, why: "untagged resources are another environment's" },
  "aws:ResourceTag/Project": { always: false, why: "see aws:ResourceTag/Environment" },
  "aws:SecureTransport": { always: true, why: "each request uses TLS or plain HTTP" },
  "aws:SourceAccount": sentForService,
  "aws:SourceArn": sentForService,
  "iam:PassedToService": { always: false, why: "a pass without a service is not needed" },
  "iam:PermissionsBoundary": { always: false, why: "roles without a boundary must not be changed" },
  "kms:EncryptionContext:aws:logs:arn": { always: false, why: "CloudWatch Logs sends the log group's ARN" },
  "kms:EncryptionContext:aws:sns:topicArn": { always: false, why: "SNS sends the topic's ARN" },
  "kms:EncryptionContext:aws:sqs:arn": { always: false, why: "SQS sends the queue's ARN" },
  "kms:ViaService": { always: false, why: "direct calls of KMS are denied" },
  "lambda:FunctionArn": { always: false, why: "requests on an event source mapping name its function" },
  "lambda:SourceFunctionArn": {
    always: false,
    why: "requests of a function's own code have it",
    absentIsAllowed: "requests without it are Lambda's, which creates the function's network interfaces",
  },
  "route53:ChangeResourceRecordSetsNormalizedRecordNames": {
    always: true,
    why: "each change names its records",
  },
  "token.actions.githubusercontent.com:aud": claim,
  "token.actions.githubusercontent.com:environment": claim,
  "token.actions.githubusercontent.com:job_workflow_ref": claim,
  "token.actions.githubusercontent.com:repository_id": claim,
  "token.actions.githubusercontent.com:sub": claim,
};

const documentsOf = async (name: string) =>
  policyDocuments(new ResolvedEnvironment(await synthesizedWithRoles(name)));

const problemsOf = async (documents: readonly PolicyDocument[]) =>
  (await Promise.all(documents.map((document) => referenceProblems(document, conditionKeys)))).flat();

let all: Map<string, PolicyDocument[]>;
beforeAll(async () => {
  all = new Map();
  for (const name of testedEnvironments()) all.set(name, await documentsOf(name));
});

test.each(testedEnvironments())("%s: actions, ARNs and condition keys exist in AWS", async (name) => {
  const documents = all.get(name) ?? [];
  const kinds = [
    "aws_iam_policy",
    "aws_iam_role",
    "aws_iam_role_policy",
    "aws_sqs_queue",
    "aws_s3_bucket_policy",
  ];
  const optional = ["aws_kms_key", "aws_sns_topic", "aws_vpc_endpoint"].filter((kind) =>
    documents.some(({ type }) => type === kind),
  );
  expect(new Set(documents.map(({ type }) => type))).toEqual(new Set([...kinds, ...optional]));
  expect(await problemsOf(documents)).toEqual([]);
});

test("every condition key in use is listed, and no exception is unused", () => {
  const statements = [...all.values()].flat().flatMap((document) => document.statements);
  const keys = statements.flatMap(({ Condition }) => Object.values(Condition).flatMap(Object.keys));
  expect([...new Set(keys)].sort()).toEqual(Object.keys(conditionKeys).sort());
  const actions = statements.flatMap(({ Action }) => Action);
  expect(actions).toEqual(expect.arrayContaining(Object.keys(unlistedActions)));
});

/** AWS does not count white space: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const maximumLength: Readonly<Record<string, number>> = {
  aws_iam_policy: 6_144,
  aws_iam_role: 2_048,
  aws_iam_role_policy: 10_240,
  aws_kms_key: 32_768,
};

const expectWithinQuotas = (documents: readonly PolicyDocument[]) => {
  const measured = documents.filter(({ type }) => type in maximumLength);
  expect(measured).not.toEqual([]);
  const tooLong = measured.filter(
    ({ type, text }) => text.replaceAll(/\s/g, "").length > (maximumLength[type] ?? 0),
  );
  expect(tooLong.map(({ where }) => where)).toEqual([]);
};

test.each(testedEnvironments())("%s: policies are within the IAM size quotas", (name) => {
  expectWithinQuotas(all.get(name) ?? []);
});

test("policies are within the IAM size quotas with the longest project and region names", async () => {
  const { name, config } = await synthesizedWithKey(true);
  const core = {
    ...config.core,
    project: "p".repeat(20),
    region: "ap-southeast-1",
    github: exampleRepository,
  };
  const longest = { ...config, core };
  expectWithinQuotas(
    policyDocuments(new ResolvedEnvironment({ name, config: longest, ...synthesize(longest) })),
  );
});
