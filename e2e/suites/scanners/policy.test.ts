import * as z from "zod";
import { ResolvedEnvironment } from "../../../deploy/policies/resolved-environment";
import type { Layer } from "../../../deploy/shared/layers";
import { synthesizedExample, type Synthesized } from "../../../deploy/testing/environments";
import { examplePostgres } from "../../../deploy/testing/example-settings";
import { SynthesizedStack, type Attributes } from "../../../deploy/testing/synthesize";
import { findingsOf, suppressionsOf } from "../../../packages/scanners/src/checkov";
import { decidedChecks } from "../../../scripts/checks/policy/decisions";
import { verdict } from "../../../packages/scanners/src/verdict";

jest.setTimeout(300_000); // the first run installs Checkov

/**
 * Checks prod with changed resources.
 * @param changes by layer, resource type and prefix of the resource's id
 */
async function problemsAfter(
  changes: readonly (readonly [Layer, string, string, (attributes: Attributes) => void])[],
  settings?: Parameters<typeof synthesizedExample>[1],
) {
  const synthesized: Synthesized = await synthesizedExample("prod", settings);
  const jsons = { core: synthesized.core.json, infra: synthesized.infra.json, app: synthesized.app.json };
  for (const [layer, type, id, change] of changes) {
    const found = Object.entries(jsons[layer].resource[type] ?? {}).filter(([name]) => name.startsWith(id));
    if (found.length === 0) throw new Error(`Expected ${type}.${id} in ${layer}, found none`);
    for (const [, attributes] of found) change(attributes);
  }
  const stack = (layer: Layer) => new SynthesizedStack(JSON.stringify(jsons[layer]));
  const environment = new ResolvedEnvironment({
    ...synthesized,
    ...{ core: stack("core"), infra: stack("infra"), app: stack("app") },
  });
  return verdict({
    findings: await findingsOf(environment),
    suppressions: suppressionsOf(environment),
    decided: decidedChecks(),
    types: environment.resources.map(({ type }) => type),
  }).problems;
}

test("each removed protection is reported by its check, also in policies and across layers", async () => {
  const problems = await problemsAfter([
    ["core", "aws_kms_key", "", (key) => (key.enable_key_rotation = false)],
    ["infra", "aws_dynamodb_table", "", (table) => (table.point_in_time_recovery = { enabled: false })],
    ["infra", "aws_sqs_queue", "task-queue_tasks", (queue) => (queue.kms_master_key_id = "alias/aws/sqs")],
    ["infra", "aws_sqs_queue", "event-dead", (queue) => (queue.policy = openedToAll(queue.policy))],
    ["app", "aws_cloudwatch_log_group", "api", (group) => (group.retention_in_days = 30)],
    ["app", "aws_iam_role_policy", "api", (role) => (role.policy = openedWide(role.policy))],
    // Removes the suppression of the check. The prefix selects the HEAD route as well.
    ["app", "aws_apigatewayv2_route", "route-getHealth", (route) => delete route["//"]],
    ["app", "aws_apigatewayv2_route", "route-getTask", (route) => (route.authorization_type = "NONE")],
  ]);
  expect(namesOf(problems)).toEqual(
    [
      // The key of the environment, and those of the topics of the alarms.
      ...Array<string>(3).fill("core aws_kms_key CKV_AWS_7"),
      "infra aws_dynamodb_table CKV_AWS_28",
      "infra aws_sqs_queue CKV2_AWS_73",
      "infra aws_sqs_queue CKV_AWS_168",
      "infra aws_sqs_queue CKV_AWS_387",
      "app aws_cloudwatch_log_group CKV_AWS_338",
      "app aws_iam_role_policy CKV_AWS_288",
      "app aws_iam_role_policy CKV_AWS_355",
      ...Array<string>(4).fill("app aws_apigatewayv2_route CKV_AWS_309"),
      "CKV_AWS_7 must pass on aws_kms_key, but passed on none",
      "CKV_AWS_28 must pass on aws_dynamodb_table, but passed on none",
    ].sort(),
  );
});

test("each removed protection of the database is reported by its check", async () => {
  const cluster = (change: (attributes: Attributes) => void) =>
    ["infra", "aws_rds_cluster", "database", change] as const;
  const problems = await problemsAfter(
    [
      cluster((database) => (database.deletion_protection = false)),
      cluster((database) => delete database.kms_key_id),
      cluster((database) => (database.iam_database_authentication_enabled = false)),
      // Removes the suppressions of the checks.
      cluster((database) => delete database["//"]),
      ["infra", "aws_rds_cluster_instance", "database_instance-1", (one) => (one.monitoring_interval = 0)],
      ["infra", "aws_rds_cluster_parameter_group", "database", (group) => (group.parameter = [])],
      ["app", "aws_lambda_function", "migrations", (migrations) => delete migrations["//"]],
    ],
    examplePostgres,
  );
  expect(namesOf(problems)).toEqual(
    [
      "infra aws_rds_cluster CKV_AWS_139",
      "infra aws_rds_cluster CKV_AWS_162",
      "infra aws_rds_cluster CKV_AWS_327",
      "infra aws_rds_cluster CKV2_AWS_8",
      "infra aws_rds_cluster CKV2_AWS_27",
      "infra aws_rds_cluster_instance CKV_AWS_118",
      ...["CKV_AWS_115", "CKV_AWS_116", "CKV_AWS_272"].map((check) => `app aws_lambda_function ${check}`),
      ...["CKV_AWS_139", "CKV_AWS_162", "CKV_AWS_327", "CKV2_AWS_27"].map(
        (check) => `${check} must pass on aws_rds_cluster, but passed on none`,
      ),
    ].sort(),
  );
});

/** `infra aws_kms_key CKV_AWS_7` of each problem with a resource. */
const namesOf = (problems: readonly string[]) =>
  problems
    .map((problem) => /^(\w+ \w+)\.\S+ fails (\w+)/.exec(problem)?.slice(1).join(" ") ?? problem)
    .sort();

const openedWide = (policy: unknown) => withStatement(policy, { Action: "s3:GetObject", Resource: "*" });
const openedToAll = (policy: unknown) => withStatement(policy, { Principal: "*", Action: "sqs:SendMessage" });

function withStatement(policy: unknown, statement: object) {
  const document = z.looseObject({ Statement: z.array(z.unknown()) }).parse(JSON.parse(String(policy)));
  const all = { Sid: "All", Effect: "Allow", ...statement };
  return JSON.stringify({ ...document, Statement: [...document.Statement, all] });
}
