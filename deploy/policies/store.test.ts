import { taskFunctions } from "@serverless-tasks/functions/service";
import { exampleEnvironment, type Synthesized } from "../testing/environments";
import { examplePostgres } from "../testing/example-settings";
import { storeBreakages } from "../testing/store-breakages";
import { statementsOf, SynthesizedStack, synthesize } from "../testing/synthesize";
import { ResolvedEnvironment } from "./resolved-environment";
import { rules } from "./rules";

let prod: Synthesized;
beforeAll(async () => {
  const config = await exampleEnvironment("prod", examplePostgres);
  prod = { name: "prod", config, ...synthesize(config) };
});

const violationsOf = (synthesized: Synthesized) => {
  const environment = new ResolvedEnvironment(synthesized);
  return rules.flatMap(({ name, violations }) =>
    violations(environment).map((violation) => ({ rule: name, ...violation })),
  );
};

test("an environment with PostgreSQL violates no rule", () => {
  expect(violationsOf(prod)).toEqual([]);
});

test.each(storeBreakages)("%s: %s %s %s", (rule, layer, type, id, change) => {
  const json = structuredClone(prod[layer].json);
  const all = json.resource[type] ?? {};
  const key = Object.keys(all).find((name) => name.startsWith(id));
  const attributes = key === undefined ? undefined : all[key];
  if (key === undefined || attributes === undefined) throw new Error(`There is no ${type} ${id}`);
  all[key] = change(attributes);
  const broken = { ...prod, [layer]: new SynthesizedStack(JSON.stringify(json)) };
  expect(violationsOf(broken).map((violation) => violation.rule)).toContain(rule);
});

test("a parameter of Systems Manager, whose value would be in the state, violates a rule", () => {
  const json = structuredClone(prod.infra.json);
  json.resource.aws_ssm_parameter = { value: { type: "SecureString", value: "known to all" } };
  const broken = { ...prod, infra: new SynthesizedStack(JSON.stringify(json)) };
  expect(violationsOf(broken).map(({ rule }) => rule)).toEqual(["Terraform does not set values of secrets"]);
});

test("functions connect as their role without a password, and the migrations run before these change", () => {
  const { app } = prod;
  const connects = app
    .all("aws_iam_role_policy")
    .flatMap(({ policy }) => statementsOf(policy))
    .filter(({ Sid }) => Sid === "ConnectDatabase");
  expect(connects.map(({ Action, Resource }) => [Action, String(Resource).split("/")[1]])).toEqual(
    taskFunctions.map(() => ["rds-db:connect", "tasks_app"]),
  );
  const functions = app.all("aws_lambda_function");
  for (const name of taskFunctions) {
    const each = app.one("aws_lambda_function", { function_name: `example-prod-${name}` });
    expect(JSON.stringify(each.environment)).toContain("DATABASE_URL");
    expect(JSON.stringify(each.layers)).toContain("postgres-layer");
    expect(JSON.stringify(each.depends_on)).toContain("aws_lambda_invocation.migrate");
  }
  expect(functions.filter(({ layers }) => JSON.stringify(layers ?? []) === "[]")).toHaveLength(1);
});

test("the database can be reached by the functions only", () => {
  const { infra } = prod;
  const rules = infra
    .all("aws_vpc_security_group_ingress_rule")
    .filter(({ from_port }) => from_port === 5432);
  expect(rules).toHaveLength(1);
  expect(String(rules[0]?.referenced_security_group_id)).toContain("functions-group");
});

test("the API limits the rate of each caller by the cache, which only the functions reach with TLS", () => {
  const { infra, app } = prod;
  const cache = infra.one("aws_elasticache_serverless_cache");
  expect(cache).toMatchObject({ engine: "valkey", name: "example-prod-cache" });
  expect(String(infra.json.output.cache_url?.value)).toMatch(/^rediss:/);
  const ports = infra.all("aws_vpc_security_group_ingress_rule").map(({ from_port }) => from_port);
  expect(ports.sort()).toEqual([443, 5432, 6379]);
  const api = app.one("aws_lambda_function", { function_name: "example-prod-api" });
  expect(api.layers).toHaveLength(3);
  expect(JSON.stringify(api.environment)).toContain('"RATE_LIMIT_BURST":"100"');
});

test("without a network a cache is an error that names the setting", async () => {
  const infra = { cache: "{ rate_limit_per_minute = 600, rate_limit_burst = 100 }" };
  await expect(exampleEnvironment("dev", { infra })).rejects.toMatchObject({
    problems: [expect.objectContaining({ path: "cache" })],
  });
});

test.each<[string, Parameters<typeof exampleEnvironment>[1], string]>([
  [
    "a table",
    {
      infra: {
        "table.enabled": "true",
        "table.deletion_protection": "true",
        "table.point_in_time_recovery": "true",
      },
    },
    "store.kind",
  ],
  ["no network", { app: { in_network: "false" } }, "store"],
  [
    "too little capacity",
    { infra: { store: '{ kind = "postgres", min_capacity = 4, max_capacity = 2, instances = 2 }' } },
    "store.max_capacity",
  ],
  [
    "a pause that never comes",
    { infra: { store: '{ kind = "postgres", min_capacity = 0, instances = 2 }' } },
    "store.min_capacity",
  ],
  [
    "no deletion protection",
    { infra: { store: '{ kind = "postgres", deletion_protection = false, instances = 2 }' } },
    "store.deletion_protection",
  ],
  [
    "short backups",
    { infra: { store: '{ kind = "postgres", backup_retention_days = 1, instances = 2 }' } },
    "store.backup_retention_days",
  ],
  ["one instance", { infra: { store: '{ kind = "postgres" }' } }, "store.instances"],
  ["another kind", { infra: { store: '{ kind = "mysql" }' } }, "store.kind"],
])("PostgreSQL with %s is an error that names the setting", async (_what, changes = {}, path) => {
  const infra = { ...examplePostgres.infra, ...changes.infra };
  await expect(exampleEnvironment("prod", { ...changes, infra })).rejects.toMatchObject({
    problems: expect.arrayContaining([expect.objectContaining({ path })]),
  });
});
