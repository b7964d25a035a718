import { exampleEnvironment } from "../testing/environments";
import { exampleRepository } from "../testing/workflow-claims";
import { synthesize, type Attributes } from "../testing/synthesize";
import { longestNamePart, longestPrefix } from "./naming";

/** The longest name that a service accepts, by resource type, with the attribute of the name. */
const limits: Readonly<Record<string, readonly [string, number]>> = {
  aws_apigatewayv2_api: ["name", 128],
  aws_apigatewayv2_authorizer: ["name", 128],
  aws_apigatewayv2_stage: ["name", 128],
  aws_cloudwatch_event_rule: ["name", 64],
  aws_cloudwatch_log_group: ["name", 512],
  aws_dynamodb_table: ["name", 255],
  aws_iam_policy: ["name", 128],
  aws_iam_role: ["name", 64],
  aws_iam_role_policy: ["name", 128],
  aws_kms_alias: ["name", 256],
  aws_lambda_alias: ["name", 128],
  aws_lambda_function: ["function_name", 64],
  aws_lambda_layer_version: ["layer_name", 140],
  aws_lambda_permission: ["statement_id", 100],
  aws_secretsmanager_secret: ["name", 512],
  aws_sqs_queue: ["name", 80],
};
const attributeNames = new Set(Object.values(limits).map(([name]) => name));

const project = "p".repeat(20);
const name = "e".repeat(longestPrefix - project.length - 1);
const schedule = "s".repeat(longestNamePart);

test("no name exceeds its service's limit with the longest project, environment and schedule", async () => {
  const config = await exampleEnvironment("dev");
  const daily = { expression: "rate(1 day)", type: "echo", payload: { message: "" }, enabled: true };
  const stacks = synthesize({
    ...config,
    name,
    core: {
      ...config.core,
      project,
      github: exampleRepository,
      encryption: { ...config.core.encryption, customer_managed_key: true },
    },
    infra: {
      ...config.infra,
      table: { ...config.infra.table, enabled: true },
      schedules: { [schedule]: daily },
    },
    app: { ...config.app, authorization: "jwt", jwt: { issuer: "https://a.b", audience: ["a"] } },
  });
  const named = Object.values(stacks)
    .flatMap(({ json }) => Object.entries(json.resource))
    .flatMap(([type, resources]) => Object.values(resources).map((resource) => ({ type, resource })))
    .flatMap(({ type, resource }) => namesOf(type, resource));
  expect(named.map(({ value }) => value)).toContain(`${project}-${name}-${schedule}`);
  const longest = Math.max(...named.map(({ value }) => value.length));
  expect(longest).toBe(64);
  for (const { type, value, limit } of named) expect([type, value.length <= limit]).toEqual([type, true]);
});

/** The names of a resource; throws for a type without an entry in the table. */
function namesOf(type: string, resource: Attributes) {
  return Object.entries(resource).flatMap(([attribute, value]) => {
    if (!attributeNames.has(attribute) || typeof value !== "string" || value.includes("${")) return [];
    const [wanted, limit] = limits[type] ?? [];
    if (wanted === undefined || limit === undefined)
      throw new Error(`There is no limit of ${type}.${attribute}`);
    return wanted === attribute ? [{ type, value, limit }] : [];
  });
}
