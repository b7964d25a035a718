import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as z from "zod";
import { ResolvedEnvironment } from "../../../deploy/policies/resolved-environment";
import { standardTags } from "../../../deploy/shared/naming";
import { synthesizedForAws } from "../../../deploy/testing/environments";
import { build } from "../../../scripts/build/build";
import { childEnvironment } from "../../../packages/local-cloud/src/child-environment";
import { run } from "../../../packages/local-cloud/src/command";
import { localHome } from "../../../packages/local-cloud/src/home";
import { findTerraform } from "../../../packages/local-cloud/src/terraform";
import { isAllowed } from "../../../packages/iam-policy/src/iam-evaluation";
import type { PolicyStatement } from "../../../packages/iam-policy/src/statement";
import { arnOf, statementsOfRole, withArns } from "../../../scripts/testing/policy-documents";
import { expectSuccess } from "../../support/command";
import { startLambdaApi, type LambdaApi } from "../../support/lambda-api";

/**
 * Terraform's AWS provider plans a function of prod that has not changed, against a stub that returns what Lambda
 * returns to the role. The emulator returns everything to every caller.
 */
jest.setTimeout(300_000);

let environment: ResolvedEnvironment;
let api: LambdaApi;
let folder: string;
let terraform: (...parameters: string[]) => ReturnType<typeof run>;

beforeAll(async () => {
  await build();
  environment = new ResolvedEnvironment(await synthesizedForAws("prod"));
  const { region, allowed_account_ids } = environment.synthesized.config.core;
  const [accountId = ""] = allowed_account_ids;
  const [key] = environment.all("aws_kms_key");
  if (key === undefined) throw new Error("prod has no key");
  api = await startLambdaApi({ region, accountId, keyArn: arnOf(environment, key) });
  folder = mkdtempSync(join(tmpdir(), "role-reads-"));
  writeFileSync(join(folder, "main.tf.json"), JSON.stringify(stack(region)));

  const tool = await findTerraform(localHome());
  const env = childEnvironment({ endpoint: api.endpoint, accountId, region }, tool);
  terraform = (...parameters) => run(tool.path, [`-chdir=${folder}`, ...parameters], env);
  expectSuccess(await terraform("init", "-input=false"));
  // Who applies may do everything.
  expectSuccess(await terraform("apply", "-input=false", "-auto-approve"));
});
afterAll(() => {
  api.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The worker, with a file of its own for code and ARNs for what it refers to. */
function stack(region: string): object {
  const worker = environment
    .all("aws_lambda_function")
    .find(({ attributes }) => attributes.function_name === `${environment.prefix}-worker`);
  if (worker === undefined) throw new Error("prod has no worker");
  const text = withArns(environment, JSON.stringify(worker.attributes))
    // Other attributes are names and addresses, which Terraform does not read.
    .replaceAll(/\$\{[^}]*\}/g, "value");
  const attributes = z.looseObject({}).parse(JSON.parse(text));
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
        actions: z.array(z.string()),
        before: z.record(z.string(), z.unknown()),
        after: z.record(z.string(), z.unknown()),
      }),
    }),
  ),
});

/** The attributes that a plan with these statements would change. */
async function planned(statements: readonly PolicyStatement[]): Promise<string[]> {
  api.authorize = (call) => isAllowed(statements, call);
  expectSuccess(await terraform("plan", "-input=false", "-lock=false", "-out=plan"));
  const shown = await terraform("show", "-json", "plan");
  expectSuccess(shown);
  const [found] = changes.parse(JSON.parse(shown.stdout)).resource_changes;
  if (found === undefined) throw new Error("The plan has no function");
  const { actions, before, after } = found.change;
  if (actions.join() === "no-op") return [];
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

test.each(["plan", "deploy"] as const)("the %s role sees that there is nothing to change", async (role) => {
  expect(await planned(statementsOf(role))).toEqual([]);
});

test("a role that cannot list tags would tag the function in each plan", async () => {
  expect(await planned(without(statementsOf("plan"), "ReadFunctions", "lambda:ListTags"))).toContain(
    "tags_all",
  );
});

test("a role that cannot decrypt would write the variables in each plan", async () => {
  expect(await planned(without(statementsOf("plan"), "ReadFunctionVariables", "kms:Decrypt"))).toContain(
    "environment",
  );
});
