import { readFileSync } from "node:fs";
import { ResolvedEnvironment } from "../../../deploy/policies/resolved-environment";
import { synthesizedWithRoles, testedEnvironments } from "../../../deploy/testing/environments";
import { isAllowed } from "../../../packages/iam-policy/src/iam-evaluation";
import type { PolicyStatement } from "../../../packages/iam-policy/src/statement";
import { taggingActions } from "../../../packages/iam-policy/src/tagging-actions";
import { arnOf, statementsOfRole } from "../../testing/policy-documents";

jest.setTimeout(60_000); // environments are synthesized one after the other

/** An administrator creates these in core; the deploy role only changes their tags. */
const createdByAdministrator = [
  "aws_iam_openid_connect_provider",
  "aws_iam_policy",
  "aws_kms_key",
  "aws_sns_topic",
];

/** Whether the AWS provider supports tags on a resource type, by its class in @cdktf/provider-aws. */
function hasTags(type: string): boolean {
  // Terraform's own resources, such as terraform_data, exist in the state only.
  if (!type.startsWith("aws_")) return false;
  const folder = type.replace(/^aws_/, "").replaceAll("_", "-");
  const declaration = require.resolve(`@cdktf/provider-aws/lib/${folder}/index.d.ts`);
  return readFileSync(declaration, "utf8").includes("tagsAllInput");
}

describe.each(testedEnvironments())("%s: the deploy role may tag", (name) => {
  let environment: ResolvedEnvironment;
  let statements: PolicyStatement[];
  beforeAll(async () => {
    environment = new ResolvedEnvironment(await synthesizedWithRoles(name));
    statements = statementsOfRole(environment, `${environment.prefix}-deploy`);
  });

  test("each resource type with tags, which the table lists", () => {
    const types = [...new Set(environment.resources.map(({ type }) => type))];
    const tagged = types.filter(hasTags);
    expect(tagged.length).toBeGreaterThan(10);
    expect(types.length).toBeGreaterThan(tagged.length);
    expect(tagged.filter((type) => !(type in taggingActions))).toEqual([]);
  });

  test.each(Object.entries(taggingActions))("%s", (type, { tag, untag }) => {
    const { name: ofEnvironment, config } = environment.synthesized;
    const tags = {
      "aws:ResourceTag/Project": config.core.project,
      "aws:ResourceTag/Environment": ofEnvironment,
    };
    // A resource that is being created has no tags yet, so the request has no aws:ResourceTag keys.
    const context = createdByAdministrator.includes(type) ? tags : {};
    for (const resource of environment.all(type)) {
      for (const action of [tag, untag]) {
        const request = { action, resource: arnOf(environment, resource), context };
        expect([request, isAllowed(statements, request)]).toEqual([request, true]);
        const without = statements.map((statement) => ({
          ...statement,
          Action: statement.Action.filter((each) => each !== action),
        }));
        expect([request, isAllowed(without, request)]).toEqual([request, false]);
      }
    }
  });
});

test("every resource type in the table is used by an environment", async () => {
  const types = new Set<string>();
  for (const name of testedEnvironments())
    for (const { type } of new ResolvedEnvironment(await synthesizedWithRoles(name)).resources)
      types.add(type);
  expect(Object.keys(taggingActions).filter((type) => !types.has(type))).toEqual([]);
});
