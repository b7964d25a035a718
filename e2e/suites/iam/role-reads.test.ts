import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as z from "zod";
import { ResolvedEnvironment } from "../../../deploy/policies/resolved-environment";
import { standardTags } from "../../../deploy/shared/naming";
import { synthesizedExample } from "../../../deploy/testing/environments";
import { build } from "../../../scripts/build/build";
import { childEnvironment } from "../../../packages/local-cloud/src/child-environment";
import { run } from "../../../packages/local-cloud/src/command";
import { localPaths } from "../../../packages/local-cloud/src/local-paths";
import { findTerraform } from "../../../packages/local-cloud/src/terraform";
import { isAllowed } from "../../../packages/iam-policy/src/iam-evaluation";
import type { PolicyStatement } from "../../../packages/iam-policy/src/statement";
import { arnOf, statementsOfRole, withArns } from "../../../scripts/testing/policy-documents";
import { expectSuccess } from "../../support/command";
import { startLambdaApi, type LambdaApi } from "../../support/lambda-api";

/**
 * Terraform plans an unchanged function of prod against a stub of Lambda, which returns to a role what Lambda returns to
 * it. The emulator returns all attributes to every caller.
 */
jest.setTimeout(300_000);

let environment: ResolvedEnvironment;
let api: LambdaApi;
let folder: string;
let terraform: (...parameters: string[]) => ReturnType<typeof run>;

beforeAll(async () => {
  await build();
  environment = new ResolvedEnvironment(await synthesizedExample("prod"));
  const { region, allowed_account_ids } = environment.synthesized.config.core;
  const [accountId = ""] = allowed_account_ids;
  const [key] = environment.all("aws_kms_key");
  if (key === undefined) throw new Error("Expected a KMS key in prod, found none");
  api = await startLambdaApi({ region, accountId, keyArn: arnOf(environment, key) });
  folder = mkdtempSync(join(tmpdir(), "role-reads-"));
  writeFileSync(join(folder, "main.tf.json"), JSON.stringify(stack(region)));

  const tool = await findTerraform(localPaths());
  const env = childEnvironment({ endpoint: api.endpoint, accountId, region }, tool);
  terraform = (...parameters) => run(tool.path, [`-chdir=${folder}`, ...parameters], env);
  expectSuccess(await terraform("init", "-input=false"));
  expectSuccess(await terraform("apply", "-input=false", "-auto-approve"));
});
afterAll(() => {
  api.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A stack with the worker function, and with ARNs in place of references to other resources. */
function stack(region: string): object {
  const worker = environment
    .all("aws_lambda_function")
    .find(({ attributes }) => attributes.function_name === `${environment.prefix}-worker`);
  if (worker === undefined) throw new Error("Expected a worker function in prod, found none");
  const json = withArns(environment, JSON.stringify(worker.attributes))
    // Names and URLs: Terraform does not read the resources that have them.
    .replaceAll(/\$\{[^}]*\}/g, "value");
  const attributes = z.looseObject({}).parse(JSON.parse(json));
  expect(attributes).toMatchObject({ kms_key_arn: expect.stringMatching(/^arn:aws:kms:/), environment: {} });
  mkdirSync(join(folder, "artifacts"));
  const code = "code";
  writeFileSync(join(folder, "artifacts", "worker.zip"), code);
  return {
    terraform: { required_providers: { aws: { source: "hashicorp/aws", version: "5.100.0" } } },
    provider: {
      aws: {
        region,
        skip_credentials_validation: true,
        skip_metadata_api_check: true,
        skip_requesting_account_id: true,
        default_tags: { tags: standardTags(environment.synthesized.config) },
      },
    },
    resource: {
      aws_lambda_function: {
        worker: {
          ...attributes,
          "//": undefined,
          depends_on: undefined,
          source_code_hash: createHash("sha256").update(code).digest("base64"),
        },
      },
    },
  };
}

const changes = z.object({
  resource_changes: z.array(
    z.object({
      change: z.object({
        before: z.record(z.string(), z.unknown()),
        after: z.record(z.string(), z.unknown()),
      }),
    }),
  ),
});

/** The exit code of `terraform plan -detailed-exitcode`. */
const planHasChanges = 2;

/** The attributes that a plan with these statements would change. */
async function planned(statements: readonly PolicyStatement[]): Promise<string[]> {
  api.authorize = (call) => isAllowed(statements, call);
  const plan = await terraform("plan", "-input=false", "-lock=false", "-detailed-exitcode", "-out=plan");
  if (plan.exitCode === 0) return [];
  if (plan.exitCode !== planHasChanges) throw new Error(`Terraform cannot plan:\n${plan.stderr}`);
  const shown = await terraform("show", "-json", "plan");
  expectSuccess(shown);
  const [found] = changes.parse(JSON.parse(shown.stdout)).resource_changes;
  if (found === undefined) throw new Error("Expected a function in the plan, found none");
  const { before, after } = found.change;
  return Object.keys(after).filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
}

const without = (statements: readonly PolicyStatement[], sid: string, action: string) =>
  statements.map((statement) =>
    statement.Sid === sid
      ? { ...statement, Action: statement.Action.filter((each) => each !== action) }
      : statement,
  );

const statementsOf = (role: "plan" | "deploy") =>
  statementsOfRole(environment, `${environment.prefix}-${role}`);

test.each(["plan", "deploy"] as const)("the %s role plans no changes", async (role) => {
  expect(await planned(statementsOf(role))).toEqual([]);
});

test("a role that cannot list tags plans a change of the tags", async () => {
  expect(await planned(without(statementsOf("plan"), "ReadFunctions", "lambda:ListTags"))).toContain(
    "tags_all",
  );
});

test("a role that cannot decrypt plans a change of the environment variables", async () => {
  expect(await planned(without(statementsOf("plan"), "ReadFunctionVariables", "kms:Decrypt"))).toContain(
    "environment",
  );
});
