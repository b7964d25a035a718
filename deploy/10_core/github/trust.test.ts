import { exampleEnvironment } from "../../testing/environments";
import { statementsOf, synthesize } from "../../testing/synthesize";
import { namePrefix } from "../../shared/naming";
import {
  classicTrustCases,
  exampleRepository as repository,
  planClaims,
  trustCases,
  type WorkflowClaims,
} from "../../testing/workflow-claims";
import type { GithubRepository } from "../../config/schemas/core";

const environment = "prod";

/** The conditions of a role's trust, by claim. */
async function conditions(role: "plan" | "deploy", github: GithubRepository) {
  const config = await exampleEnvironment(environment);
  const { core } = synthesize({ ...config, core: { ...config.core, github } });
  const { assume_role_policy } = core.one("aws_iam_role", { name: `${namePrefix(config)}-${role}` });
  const statements = statementsOf(assume_role_policy);
  expect(statements).toMatchObject([{ Effect: "Allow", Action: "sts:AssumeRoleWithWebIdentity" }]);
  const { StringEquals = {}, ...others } = statements[0]?.Condition ?? {};
  // Exact matches only.
  expect(others).toEqual({});
  return Object.entries(StringEquals).map(
    ([key, allowed]) => [key.replace("token.actions.githubusercontent.com:", ""), [allowed].flat()] as const,
  );
}

/** As STS evaluates it: every condition must be met, and a condition on a missing claim is not met. */
const isTrusted = (required: Awaited<ReturnType<typeof conditions>>, claims: WorkflowClaims) =>
  required.every(([claim, allowed]) => allowed.includes(claims[claim] ?? "\0"));

test.each(trustCases(repository, environment))("deploy: $what", async ({ claims, isTrusted: expected }) => {
  expect(isTrusted(await conditions("deploy", repository), claims)).toBe(expected);
});

test.each(classicTrustCases(repository, environment))(
  "deploy, while subjects without ids are accepted: $what",
  async ({ claims, isTrusted: expected }) => {
    expect(isTrusted(await conditions("deploy", { ...repository, classic_subject: true }), claims)).toBe(
      expected,
    );
  },
);

test.each([
  ["a pull request of the repository", repository, true],
  ["one of a repository that took its name", { ...repository, owner_id: "666", repository_id: "667" }, false],
  ["one of a fork", { ...repository, owner: "other-owner", owner_id: "666", repository_id: "667" }, false],
] as const)("plan: %s", async (_what, from, expected) => {
  expect(isTrusted(await conditions("plan", repository), planClaims(from))).toBe(expected);
});

test("a pull request cannot assume the deploy role", async () => {
  expect(isTrusted(await conditions("deploy", repository), planClaims(repository))).toBe(false);
});

test("without a repository in tfvars there are no roles and no provider", async () => {
  const config = await exampleEnvironment(environment);
  const { core } = synthesize({ ...config, core: { ...config.core, github: undefined, operators: [] } });
  expect([...core.all("aws_iam_role"), ...core.all("aws_iam_openid_connect_provider")]).toEqual([]);
});

test("an existing provider of the account is used", async () => {
  const config = await exampleEnvironment(environment);
  const github = { ...repository, existing_provider: true };
  const { core } = synthesize({ ...config, core: { ...config.core, github } });
  expect(core.all("aws_iam_openid_connect_provider")).toEqual([]);
  expect(JSON.stringify(core.all("aws_iam_role"))).toContain(
    ":oidc-provider/token.actions.githubusercontent.com",
  );
});
