import { ResolvedEnvironment } from "../../../deploy/policies/resolved-environment";
import { synthesizedWithRoles, testedEnvironments } from "../../../deploy/testing/environments";
import { isAllowed, type IamRequest } from "../../../packages/iam-policy/src/iam-evaluation";
import type { PolicyStatement } from "../../../packages/iam-policy/src/statement";
import { statementsOfRole } from "../../testing/policy-documents";

jest.setTimeout(60_000); // environments are synthesized one after the other

/** Permissions of the deploy role with conditions that the emulator cannot evaluate. */
describe.each(testedEnvironments())("%s: the deploy role", (name) => {
  let statements: PolicyStatement[];
  let iam: string;
  let lambda: string;
  let prefix: string;
  let domain: string | undefined;
  beforeAll(async () => {
    const environment = new ResolvedEnvironment(await synthesizedWithRoles(name));
    const { region, allowed_account_ids } = environment.synthesized.config.core;
    const account = allowed_account_ids[0] ?? "";
    prefix = environment.prefix;
    domain = environment.synthesized.config.infra.domain?.name;
    iam = `arn:aws:iam::${account}:`;
    lambda = `arn:aws:lambda:${region}:${account}:`;
    statements = statementsOfRole(environment, `${prefix}-deploy`);
  });

  const allowed = (action: string, resource: string, context: IamRequest["context"]) =>
    isAllowed(statements, { action, resource, context });

  test.each([
    "iam:AttachRolePolicy",
    "iam:CreateRole",
    "iam:DeleteRolePolicy",
    "iam:DetachRolePolicy",
    "iam:PutRolePolicy",
  ])("%s only for roles inside the boundary", (action) => {
    const role = `${iam}role/${prefix}-worker`;
    const inside = (boundary: string) =>
      allowed(action, role, { "iam:PermissionsBoundary": `${iam}policy/${boundary}` });
    expect(inside(`${prefix}-boundary`)).toBe(true);
    expect(inside("other-boundary")).toBe(false);
    expect(allowed(action, role, {})).toBe(false);
  });

  test("iam:PassRole to Lambda only", () => {
    const pass = (context: IamRequest["context"]) =>
      allowed("iam:PassRole", `${iam}role/${prefix}-worker`, context);
    expect(pass({ "iam:PassedToService": "lambda.amazonaws.com" })).toBe(true);
    expect(pass({ "iam:PassedToService": "ec2.amazonaws.com" })).toBe(false);
    expect(pass({ "iam:PassedToService": "vpc-flow-logs.amazonaws.com" })).toBe(false);
    expect(pass({})).toBe(false);
  });

  test("route53:ChangeResourceRecordSets for the API's records only", () => {
    const change = (...names: readonly string[]) =>
      allowed("route53:ChangeResourceRecordSets", "arn:aws:route53:::hostedzone/Z0123456789ABCDEFGHIJ", {
        "route53:ChangeResourceRecordSetsNormalizedRecordNames": names,
      });
    expect(change(domain ?? "none", `_a1b2c3.${domain ?? "none"}`)).toBe(domain !== undefined);
    expect(change("www.example.com")).toBe(false);
    expect(change(domain ?? "none", "www.example.com")).toBe(false);
  });

  test.each(["Create", "Delete", "Update"])(
    "lambda:%sEventSourceMapping for its own functions only",
    (verb) => {
      // CreateEventSourceMapping has no resource ARN.
      const mapping =
        verb === "Create" ? "*" : `${lambda}event-source-mapping:91eaeb7e-c976-4939-9bd6-3c3e9d5f9a2b`;
      const of = (functionName: string) =>
        allowed(`lambda:${verb}EventSourceMapping`, mapping, {
          "lambda:FunctionArn": `${lambda}function:${functionName}`,
        });
      expect(of(`${prefix}-worker:live`)).toBe(true);
      expect(of("other-worker:live")).toBe(false);
      expect(allowed(`lambda:${verb}EventSourceMapping`, mapping, {})).toBe(false);
    },
  );
});
