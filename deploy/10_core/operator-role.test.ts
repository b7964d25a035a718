import { queues } from "@serverless-tasks/functions/service";
import { namePrefix } from "../shared/naming";
import { exampleEnvironment } from "../testing/environments";
import { statementsOf, synthesize, type PolicyStatement } from "../testing/synthesize";

const onCall = "arn:aws:iam::111111111111:role/on-call";

/** The core layer of the example of prod, with a customer managed key, and the statements of the operator role. */
async function synthesized(operators: readonly string[]) {
  const config = await exampleEnvironment("prod", { core: { operators: JSON.stringify(operators) } });
  const name = `${namePrefix(config)}-operator`;
  return { core: synthesize(config).core, prefix: namePrefix(config), name };
}
const strings = (value: unknown): string[] => [value].flat().map(String);
const actionsOf = (statements: readonly PolicyStatement[]) =>
  statements.flatMap(({ Action }) => strings(Action));

test("without operators there is no role, and no output of it", async () => {
  const { core, name } = await synthesized([]);
  expect(core.all("aws_iam_role").map((role) => role.name)).not.toContain(name);
  expect(core.all("aws_iam_policy").map((policy) => policy.name)).not.toContain(name);
  expect(core.json.output).not.toHaveProperty("operator_role_arn");
});

test("only the principals of tfvars may assume it", async () => {
  const { core, name } = await synthesized([onCall]);
  const { assume_role_policy } = core.one("aws_iam_role", { name });
  expect(statementsOf(assume_role_policy)).toEqual([
    { Sid: "Operators", Effect: "Allow", Principal: { AWS: [onCall] }, Action: "sts:AssumeRole" },
  ]);
  expect(core.json.output).toHaveProperty("operator_role_arn");
});

test("its only policy is its boundary too, and fits into a policy", async () => {
  const { core, name } = await synthesized([onCall]);
  const { permissions_boundary } = core.one("aws_iam_role", { name });
  const attached = core
    .all("aws_iam_role_policy_attachment")
    .filter(({ role }) => String(role).includes("operator"));
  expect(attached).toEqual([expect.objectContaining({ policy_arn: permissions_boundary })]);
  expect(core.all("aws_iam_role_policy").filter(({ role }) => String(role).includes("operator"))).toEqual([]);
  // IAM counts characters without white space; tokens are replaced by longer account ids and regions.
  expect(String(core.one("aws_iam_policy", { name }).policy).length).toBeLessThan(6_144 * 1.5);
});

test("it deploys nothing, and reads no data that an operator does not need", async () => {
  const { core, name } = await synthesized([onCall]);
  const actions = actionsOf(statementsOf(core.one("aws_iam_policy", { name }).policy));
  const ofService = (service: string) => actions.filter((action) => action.startsWith(`${service}:`)).sort();
  expect([...new Set(actions.map((action) => action.split(":")[0]))].sort()).toEqual([
    ...[
      "apigateway",
      "cloudwatch",
      "dynamodb",
      "events",
      "execute-api",
      "kms",
      "lambda",
      "logs",
      "s3",
      "sqs",
    ],
  ]);
  expect(ofService("dynamodb")).toEqual(["dynamodb:GetItem"]);
  expect(ofService("s3")).toEqual(["s3:ListBucket"]);
  expect(ofService("apigateway")).toEqual(["apigateway:GET"]);
  expect(ofService("kms")).toEqual(["kms:Decrypt", "kms:GenerateDataKey"]);
  expect(ofService("lambda")).toEqual([
    "lambda:GetAlias",
    "lambda:GetFunctionConfiguration",
    "lambda:InvokeFunction",
    "lambda:ListAliases",
    "lambda:ListEventSourceMappings",
    "lambda:ListTags",
    "lambda:ListVersionsByFunction",
    "lambda:TagResource",
    "lambda:UntagResource",
    "lambda:UpdateAlias",
    "lambda:UpdateEventSourceMapping",
  ]);
});

test("it sends to the queues and deletes from dead-letter queues only, and invokes the producer by its alias", async () => {
  const { core, name, prefix } = await synthesized([onCall]);
  const statements = statementsOf(core.one("aws_iam_policy", { name }).policy);
  const resourcesOf = (action: string) =>
    statements
      .filter(({ Action }) => strings(Action).includes(action))
      .flatMap(({ Resource }) => strings(Resource).map((arn) => arn.split(":").slice(5).join(":")));
  const last = (action: string) => resourcesOf(action).map((resource) => resource.replace(/^.*\}:/, ""));
  expect(last("sqs:SendMessage")).toEqual(Object.values(queues).map(({ name }) => `${prefix}-${name}`));
  expect(last("sqs:DeleteMessage")).toEqual([`${prefix}-*-dlq`]);
  expect(last("lambda:InvokeFunction")).toEqual([`function:${prefix}-producer:live`]);
  expect(last("execute-api:Invoke").map((resource) => resource.replace(/^\*\//, ""))).toEqual(
    expect.arrayContaining(["$default/POST/tasks/*/retry"]),
  );
  expect(last("execute-api:Invoke").join()).not.toMatch(/DELETE|POST\/tasks(,|$)/);
});

test("it pauses mappings of the environment's functions only", async () => {
  const { core, name, prefix } = await synthesized([onCall]);
  const pausing = statementsOf(core.one("aws_iam_policy", { name }).policy).filter(({ Action }) =>
    strings(Action).includes("lambda:UpdateEventSourceMapping"),
  );
  expect(pausing).toHaveLength(1);
  const [{ Condition = {} } = {}] = pausing as { readonly Condition?: Record<string, unknown> }[];
  const { ArnLike } = Condition as { readonly ArnLike?: Record<string, unknown> };
  const functions = strings(ArnLike?.["lambda:FunctionArn"]);
  expect(functions.length).toBeGreaterThan(0);
  for (const arn of functions) expect(arn).toContain(`:function:${prefix}-`);
});

test("the deploy role must not change it", async () => {
  const { core, prefix, name } = await synthesized([onCall]);
  const denied = core
    .all("aws_iam_role_policy")
    .flatMap(({ policy }) => statementsOf(policy))
    .filter(({ Effect }) => Effect === "Deny");
  const resourcesOf = (sid: string) =>
    denied.filter(({ Sid }) => Sid === sid).flatMap(({ Resource }) => strings(Resource));
  expect(resourcesOf("DenyOwnRoleChanges").join()).toContain(`role/${name}`);
  expect(resourcesOf("DenyOwnPolicyChanges").join()).toContain(`policy/${prefix}-operator`);
});
