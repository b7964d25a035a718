import { createContext, runInContext } from "node:vm";
import { originFunctionCode } from "../20_infra/edge/origin-function";
import { exampleEnvironment, synthesizedExample, type Synthesized } from "../testing/environments";
import { synthesize, type SynthesizedStack } from "../testing/synthesize";
import { exampleParts, type Settings } from "../testing/example-settings";

let prod: Synthesized;
beforeAll(async () => {
  prod = await synthesizedExample("prod");
});

const apiVariables = (app: SynthesizedStack) =>
  app.one("aws_lambda_function", { handler: "index.handler", description: "Serves the HTTP API" })
    .environment as { readonly variables: Readonly<Record<string, string>> };

/** prod with other values of the optional parts. */
const withParts = async (infra: Settings, app: Settings = {}) =>
  synthesize(await exampleEnvironment("prod", { infra, app }));

test("the API knows its name and the origin's secret", () => {
  expect(apiVariables(prod.app).variables).toMatchObject({
    PUBLIC_URL: "https://api.example.com",
    ORIGIN_SECRET_ARN: "${data.terraform_remote_state.infra.outputs.origin_secret_arn}",
    ORIGIN_SECRET_MAX_AGE_SECONDS: "60",
  });
  expect(prod.app.json.output.api_url?.value).toBe("https://api.example.com");
});

test("the name's records point to CloudFront with an edge, and to API Gateway without", async () => {
  const targets = (infra: SynthesizedStack) =>
    infra
      .all("aws_route53_record")
      .filter(({ alias }) => alias !== undefined)
      .map(({ type, alias }) => [type, (alias as { name: string }).name.replace(/^\$\{(\w+)\..*/, "$1")]);
  expect(targets(prod.infra)).toEqual([
    ["A", "aws_cloudfront_distribution"],
    ["AAAA", "aws_cloudfront_distribution"],
  ]);
  expect(targets((await withParts({ edge: undefined })).infra)).toEqual([
    ["A", "aws_apigatewayv2_domain_name"],
    ["AAAA", "aws_apigatewayv2_domain_name"],
  ]);
});

test("CloudFront's certificate, firewall and alarms are in us-east-1, in the same stack", () => {
  const [own, global] = prod.infra.json.provider.aws;
  expect([own.alias, global]).toMatchObject([undefined, { alias: "us-east-1", region: "us-east-1" }]);
  const inEdgeRegion = (type: string) =>
    prod.infra.all(type).filter(({ provider }) => provider === "aws.us-east-1").length;
  expect(inEdgeRegion("aws_acm_certificate")).toBe(1);
  expect(inEdgeRegion("aws_wafv2_web_acl")).toBe(1);
  expect(inEdgeRegion("aws_cloudwatch_metric_alarm")).toBe(2);
  expect(inEdgeRegion("aws_cloudfront_distribution")).toBe(0);
  // An alarm notifies a topic of its region.
  const topics = prod.infra
    .all("aws_cloudwatch_metric_alarm")
    .filter(({ provider }) => provider !== undefined)
    .flatMap(({ alarm_actions }) => alarm_actions);
  expect(new Set(topics)).toEqual(
    new Set(["${data.terraform_remote_state.core.outputs.edge_alarm_topic_arn}"]),
  );
});

test("with an open origin the API asks for no secret, and may not read it", async () => {
  const { app } = await withParts({ edge: "{ rate_limit = 2000, closed_origin = false }" });
  expect(apiVariables(app).variables).not.toHaveProperty("ORIGIN_SECRET_ARN");
  expect(JSON.stringify(app.all("aws_iam_role_policy"))).not.toContain("origin_secret_arn");
});

/** Runs the function of CloudFront on a request. */
async function runFunction(value: () => Promise<string>, headers: object) {
  const code = originFunctionCode.replace('import cf from "cloudfront";', "");
  const context = createContext({ cf: { kvs: () => ({ get: value }) }, console: { log: () => undefined } });
  const handler = runInContext(`${code}; handler`, context) as (
    event: unknown,
  ) => Promise<{ headers: object }>;
  return (await handler({ request: { headers }, viewer: { ip: "192.0.2.7" } })).headers;
}

test("the function of CloudFront replaces what a client sends in its headers", async () => {
  const sent = {
    "x-origin-secret": { value: "guess" },
    "x-viewer-address": { value: "127.0.0.1" },
    host: { value: "h" },
  };
  expect(await runFunction(() => Promise.resolve("secret"), sent)).toEqual({
    "x-origin-secret": { value: "secret" },
    "x-viewer-address": { value: "192.0.2.7" },
    host: { value: "h" },
  });
});

test("without a value the function of CloudFront sends no secret, and none of the client", async () => {
  const sent = { "x-origin-secret": { value: "guess" } };
  const headers = await runFunction(() => Promise.reject(new Error("no key")), sent);
  expect(headers).toMatchObject({ "x-origin-secret": { value: "" } });
});

const off: Settings = { domain: undefined, edge: undefined, network: undefined };

/** Every resource of the stacks, by address. */
const resourcesOf = (stacks: Readonly<Record<string, SynthesizedStack>>) =>
  new Map(
    Object.entries(stacks).flatMap(([layer, { json }]) =>
      Object.entries(json.resource).flatMap(([type, all]) =>
        Object.entries(all).map(([id, attributes]) => [`${layer} ${type}.${id}`, attributes] as const),
      ),
    ),
  );

/** The attributes that the parts change in resources that exist without them. */
const changedByParts = {
  "app aws_iam_role_policy": ["policy"],
  "app aws_lambda_function": ["//", "environment", "vpc_config"],
  "core aws_iam_policy": ["policy"],
  "infra aws_apigatewayv2_api": ["disable_execute_api_endpoint"],
};

test("without the parts, there is everything else, unchanged, and nothing of them", async () => {
  const without = await withParts(off, { in_network: "false" });
  const { core, infra, app } = prod;
  const [on, base] = [resourcesOf({ core, infra, app }), resourcesOf({ ...without })];
  expect(base.size).toBeGreaterThan(60);
  const changed: Record<string, Set<string>> = {};
  for (const [address, attributes] of base) {
    const other = on.get(address);
    expect([address, other === undefined]).toEqual([address, false]);
    for (const name of new Set([...Object.keys(attributes), ...Object.keys(other ?? {})]))
      if (JSON.stringify(attributes[name]) !== JSON.stringify(other?.[name]))
        (changed[address.split(".")[0] ?? ""] ??= new Set()).add(name);
  }
  const found = Object.entries(changed).map(([type, names]) => [type, [...names].sort()]);
  expect(Object.fromEntries(found)).toEqual(changedByParts);
  const names = JSON.stringify(Object.values(without).map(({ json }) => json));
  expect(names).not.toMatch(
    /cloudfront|wafv2|route53|aws_acm|domain_?name|origin.?secret|us-east-1|ec2:|aws_vpc|PUBLIC_URL/i,
  );
});

test.each(Object.keys(exampleParts))("the part %s alone is a stack", async (part) => {
  const needed = part === "edge" ? ["domain", "edge"] : [part];
  const others = Object.fromEntries(Object.entries(off).filter(([name]) => !needed.includes(name)));
  const { infra } = await withParts(others, { in_network: String(part === "network") });
  const types = Object.keys(infra.json.resource);
  const has = (pattern: RegExp) => types.some((type) => pattern.test(type));
  expect({ domain: has(/route53/), edge: has(/cloudfront/), network: has(/aws_vpc/) }).toEqual({
    domain: needed.includes("domain"),
    edge: needed.includes("edge"),
    network: needed.includes("network"),
  });
});
