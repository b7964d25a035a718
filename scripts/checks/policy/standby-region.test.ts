import { bucketNames } from "@serverless-tasks/functions/service";
import { ResolvedEnvironment } from "../../../deploy/policies/resolved-environment";
import { exampleEnvironment, synthesizedRegions } from "../../../deploy/testing/environments";
import { exampleRecovery } from "../../../deploy/testing/example-settings";
import { statementsOf } from "../../../deploy/testing/synthesize";
import { isAllowed, type IamRequest } from "../../../packages/iam-policy/src/iam-evaluation";
import type { PolicyStatement } from "../../../packages/iam-policy/src/statement";
import { taggingActions } from "../../../packages/iam-policy/src/tagging-actions";
import { arnOf, statementsOfRole } from "../../testing/policy-documents";

/** A bucket, which a team may have added, has no second region. */
const testRegions = bucketNames.length > 0 ? test.skip : test;

const second = "eu-west-1";
const account = "333333333333";
const inSecond = { "aws:RequestedRegion": second };
const tags = { "aws:ResourceTag/Project": "example", "aws:ResourceTag/Environment": "prod" };

let standby: ResolvedEnvironment;
let plan: PolicyStatement[];
let deploy: PolicyStatement[];

beforeAll(async () => {
  if (bucketNames.length > 0) return;
  const regions = synthesizedRegions(await exampleEnvironment("prod", exampleRecovery));
  const [first, other] = regions.map((region) => new ResolvedEnvironment(region));
  if (first === undefined || other === undefined) throw new Error("Expected two regions");
  standby = other;
  plan = statementsOfRole(first, "example-prod-plan");
  deploy = statementsOfRole(first, "example-prod-deploy");
});

const request = (action: string, resource: string, context: IamRequest["context"] = {}): IamRequest => ({
  action,
  resource,
  context: { ...inSecond, ...context },
});

testRegions(
  "the workflows' roles read the states of the second region; the deploy role locks and writes them",
  () => {
    const { backends } = standby.synthesized.config;
    for (const { bucket, key, dynamodb_table, region } of Object.values(backends)) {
      expect(region).toBe(second);
      const state = `arn:aws:s3:::${bucket}/${key}`;
      const table = `arn:aws:dynamodb:${second}:${account}:table/${dynamodb_table}`;
      const reads = [
        request("s3:ListBucket", `arn:aws:s3:::${bucket}`),
        request("s3:GetObject", state),
        request("dynamodb:GetItem", table),
      ];
      const writes = [
        request("s3:PutObject", state),
        ...["s3:GetObject", "s3:PutObject", "s3:DeleteObject"].map((action) =>
          request(action, `${state}.tflock`),
        ),
        ...["dynamodb:PutItem", "dynamodb:DeleteItem"].map((action) => request(action, table)),
      ];
      for (const each of reads) expect([each, isAllowed(plan, each)]).toEqual([each, true]);
      for (const each of [...reads, ...writes]) expect([each, isAllowed(deploy, each)]).toEqual([each, true]);
      for (const each of writes) expect([each, isAllowed(plan, each)]).toEqual([each, false]);
    }
  },
);

testRegions("the deploy role may tag each resource of the second region, and none of a third", () => {
  const tagged = standby.resources.filter(({ type }) => type in taggingActions);
  expect(new Set(tagged.map(({ layer }) => layer))).toEqual(new Set(["core", "infra", "app"]));
  for (const resource of tagged) {
    const action = taggingActions[resource.type]?.tag ?? "none";
    const arn = arnOf(standby, resource);
    // Only resources that an administrator creates have their tags before.
    const context = resource.layer === "core" ? tags : {};
    const wanted = request(action, arn, context);
    expect([wanted, isAllowed(deploy, wanted)]).toEqual([wanted, true]);
    if (!arn.includes(`:${second}:`)) continue;
    const third = {
      ...wanted,
      resource: arn.replace(second, "us-east-1"),
      context: { ...context, "aws:RequestedRegion": "us-east-1" },
    };
    expect([third, isAllowed(deploy, third)]).toEqual([third, false]);
  }
});

testRegions("what a role may do in the first region, it may do in the second", () => {
  const first = "eu-central-1";
  const moved = (text: string) => text.replaceAll(first, second).replaceAll("*", "x");
  // The states of each region have ARNs of their own, and so has the key.
  const ownArns = /^(Read|Write)(State\w*|FunctionVariables|KeyUsage)$/;
  for (const statements of [plan, deploy]) {
    const allowing = statements.filter(({ Effect, Sid }) => Effect === "Allow" && !ownArns.test(Sid));
    expect(allowing.length).toBeGreaterThan(15);
    for (const { Sid, Action, Resource = [], Condition } of allowing)
      for (const action of Action)
        for (const resource of Resource) {
          const values = Object.values(Condition).flatMap((keys) => Object.entries(keys));
          const context = Object.fromEntries(values.map(([key, [value = ""]]) => [key, moved(value)]));
          const wanted = request(action, moved(resource), context);
          // The Deny statements of both regions apply to a few actions that another statement allows.
          const withoutDeny = statements.filter(
            ({ Effect, Sid: id }) => Effect === "Allow" || id === "DenyOtherRegions",
          );
          expect([Sid, wanted, isAllowed(withoutDeny, wanted)]).toEqual([Sid, wanted, true]);
        }
  }
});

testRegions("the deploy role deletes the table with its copy, and cannot create one", () => {
  const copy = `arn:aws:dynamodb:${second}:${account}:table/example-prod-tasks`;
  for (const action of ["dynamodb:DeleteTable", "dynamodb:DeleteTableReplica", "dynamodb:UpdateTable"])
    expect([action, isAllowed(deploy, request(action, copy))]).toEqual([action, true]);
  expect(isAllowed(deploy, request("dynamodb:CreateTableReplica", copy))).toBe(false);
  expect(isAllowed(plan, request("dynamodb:DeleteTableReplica", copy))).toBe(false);
});

testRegions(
  "without a key and a domain there is no policy without statements, which IAM refuses",
  async () => {
    const dev = await exampleEnvironment("dev", { core: exampleRecovery.core });
    const policies = synthesizedRegions(dev).flatMap(({ core }) => core.all("aws_iam_policy"));
    const names = policies.map(({ name }) => name);
    expect(names).toContain("example-dev-deploy-edge");
    expect(names).not.toContain("example-dev-plan-edge");
    const empty = policies.filter(({ policy }) => statementsOf(policy).length === 0);
    expect(empty.map(({ name }) => name)).toEqual([]);
  },
);
