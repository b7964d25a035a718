import { functionNames } from "@serverless-tasks/functions/service";
import { servicesOfFunctions } from "../config/rules/optional-parts";
import { namePrefix } from "../shared/naming";
import { ResolvedEnvironment } from "../policies/resolved-environment";
import { exampleEnvironment, synthesizedExample, type Synthesized } from "../testing/environments";
import { statementsOf, synthesize } from "../testing/synthesize";

let prod: Synthesized;
beforeAll(async () => {
  prod = await synthesizedExample("prod");
});

const ownPolicies = () => prod.app.all("aws_iam_role_policy").map(({ policy }) => statementsOf(policy));

test("each function is in every subnet, with the security group of functions", () => {
  const placed = prod.app.all("aws_lambda_function").map(({ vpc_config }) => vpc_config);
  const output = (name: string) => `\${data.terraform_remote_state.infra.outputs.${name}}`;
  expect(placed).toHaveLength(functionNames.length);
  for (const each of placed)
    expect(each).toEqual({
      subnet_ids: prod.config.infra.network?.availability_zones.map((zone) => output(`subnet_ids.${zone}`)),
      security_group_ids: [output("functions_security_group_id")],
    });
});

test("a function's role may create interfaces in these subnets only", () => {
  const policies = ownPolicies();
  expect(policies).toHaveLength(functionNames.length);
  for (const statements of policies) {
    const create = statements.find(({ Sid }) => Sid === "CreateInterfaces");
    expect(create?.Action).toBe("ec2:CreateNetworkInterface");
    expect(create?.Resource).toEqual([
      expect.stringMatching(/:network-interface\/\*$/),
      expect.stringContaining("functions_security_group_id"),
      expect.stringContaining("subnet_ids.eu-central-1a"),
      expect.stringContaining("subnet_ids.eu-central-1b"),
    ]);
  }
});

test("a function's own code cannot change network interfaces", () => {
  const denials: unknown[] = [];
  for (const statements of ownPolicies()) {
    const allowed = statements
      .filter(({ Effect }) => Effect === "Allow")
      .flatMap(({ Action }) => Action)
      .filter((action) => action.startsWith("ec2:"));
    const denied = statements.find(({ Effect }) => Effect === "Deny");
    expect(allowed.length).toBeGreaterThan(3);
    expect(denied?.Action).toEqual(expect.arrayContaining(allowed));
    denials.push(denied?.Condition?.ArnEquals?.["lambda:SourceFunctionArn"]);
  }
  const ending = (name: string) =>
    expect.stringMatching(`:function:${namePrefix(prod.config)}-${name}$`) as string;
  expect([...denials].sort()).toEqual([...functionNames].sort().map(ending));
});

/** Services that functions' roles name, and that are called by Lambda or by other services, not by the code. */
const calledByAws = ["ec2", "kms", "logs", "xray"];

test("the rule of missing endpoints knows each service that a role names", () => {
  const named = ownPolicies()
    .flat()
    .flatMap(({ Action }) => Action)
    .map((action) => action.split(":")[0] ?? "");
  const called = [...new Set(named)].filter((service) => !calledByAws.includes(service));
  expect(called.length).toBeGreaterThan(1);
  expect([...servicesOfFunctions(prod.config)].sort()).toEqual(called.sort());
});

test("an endpoint allows the environment's resources to principals of this account, and nothing else", () => {
  const policies = new ResolvedEnvironment(prod)
    .all("aws_vpc_endpoint")
    .map(({ attributes }) => [attributes.service_name, statementsOf(attributes.policy)] as const);
  expect(policies).toHaveLength(prod.config.infra.network?.endpoints.length ?? 0);
  for (const [service, statements] of policies) {
    const [name = ""] = /\w+$/.exec(String(service)) ?? [];
    expect([name, statements.length]).not.toEqual([name, 0]);
    for (const { Action, Condition } of statements) {
      for (const action of [Action].flat()) expect(action).toMatch(new RegExp(`^${name}:`));
      expect(Condition).toEqual({ StringEquals: { "aws:PrincipalAccount": "333333333333" } });
    }
  }
});

test("functions leave the network when tfvars say so, while it exists", async () => {
  const config = await exampleEnvironment("prod", { app: { in_network: "false" } });
  const { infra, app } = synthesize(config);
  expect(infra.all("aws_vpc")).toHaveLength(1);
  expect(app.all("aws_lambda_function").filter(({ vpc_config }) => vpc_config !== undefined)).toEqual([]);
  expect(JSON.stringify(app.json.resource)).not.toContain("ec2:");
});
