import { bucketNames } from "@serverless-tasks/functions/service";
import type { EnvironmentConfig } from "./config/environment-config";
import { documentsIn, permissionRules } from "./policies/permissions";
import { rules } from "./policies/rules";
import { ResolvedEnvironment } from "./policies/resolved-environment";
import type { Layer } from "./shared/layers";
import { exampleEnvironment, synthesizedRegions, type Synthesized } from "./testing/environments";
import { exampleRecovery } from "./testing/example-settings";
import { oneSchedule } from "./testing/temporary-deploy";
import { statementsOf, SynthesizedStack } from "./testing/synthesize";

/** A bucket, which a team may have added, has no second region. */
const hasBuckets = bucketNames.length > 0;
const testRegions = hasBuckets ? test.skip : test;

const [first, second] = ["eu-central-1", "eu-west-1"];

type Region = Record<Layer, SynthesizedStack>;
let config: EnvironmentConfig;
let active: Synthesized;
let standby: Synthesized;

beforeAll(async () => {
  if (hasBuckets) return;
  config = await exampleEnvironment("prod", {
    ...exampleRecovery,
    infra: { ...exampleRecovery.infra, ...oneSchedule() },
  });
  [active, standby] = synthesizedRegions(config);
});

const regions = (): Synthesized[] => [active, standby];

testRegions("neither region violates a rule", () => {
  const violations = regions().flatMap((synthesized) => {
    const environment = new ResolvedEnvironment(synthesized);
    return rules.flatMap(({ name, violations }) =>
      violations(environment).map((each) => ({ name, ...each })),
    );
  });
  expect(violations).toEqual([]);
});

testRegions.each(["operator", "plan", "deploy"])(
  "a policy of the %s role that denies no region violates a rule, and no other",
  (role) => {
    const broken = new SynthesizedStack(JSON.stringify(active.core.json));
    const type = role === "operator" ? "aws_iam_policy" : "aws_iam_role_policy";
    for (const [id, attributes] of Object.entries(broken.json.resource[type] ?? {}))
      if (id.startsWith(role === "operator" ? "operator_policy" : `github_${role}-denied`))
        attributes.policy = String(attributes.policy).replace("StringNotEquals", "StringEquals");
    const environment = new ResolvedEnvironment({ ...active, core: broken });
    const violated = rules.filter(({ violations }) => violations(environment).length > 0);
    expect(violated.map(({ name }) => name)).toEqual(["roles of two regions are denied all others"]);
  },
);

testRegions("each stack of the second region stores its state there, and reads no state of the first", () => {
  for (const layer of ["core", "infra", "app"] as const) {
    const { terraform, provider, data } = standby[layer].json;
    expect(terraform.backend.s3).toMatchObject({
      bucket: `${config.backends[layer].bucket}-${second}`,
      region: second,
    });
    expect(provider.aws[0]).toMatchObject({ region: second });
    expect(JSON.stringify({ data, provider })).not.toContain(first);
  }
});

testRegions("the table replicates to the second region, with its key, its recovery and its tags", () => {
  expect(active.infra.one("aws_dynamodb_table", { name: "example-prod-tasks" })).toMatchObject({
    stream_enabled: true,
    stream_view_type: "NEW_AND_OLD_IMAGES",
    replica: [
      {
        region_name: second,
        kms_key_arn: "${data.aws_kms_alias.replica-key.target_key_arn}",
        point_in_time_recovery: true,
        propagate_tags: true,
      },
    ],
  });
  expect(active.infra.json.data.aws_kms_alias).toMatchObject({
    "replica-key": { name: "alias/example-prod", provider: `aws.${second}` },
  });
  expect(standby.infra.all("aws_dynamodb_table")).toEqual([]);
  expect(String(standby.infra.json.output.table_arn?.value)).toMatch(/table\/example-prod-tasks$/);
});

testRegions(
  "the second region is off: its mappings and its rules; a failover, not Terraform, turns both regions on and off",
  () => {
    for (const [region, isOn] of [
      [active, true],
      [standby, false],
    ] as const) {
      for (const mapping of region.app.all("aws_lambda_event_source_mapping"))
        expect(mapping).toMatchObject({ enabled: isOn, lifecycle: { ignore_changes: ["enabled"] } });
      const scheduled = region.infra.all("aws_cloudwatch_event_rule");
      expect(scheduled.length).toBeGreaterThan(1);
      for (const rule of scheduled)
        expect(rule).toMatchObject({
          state: isOn ? "ENABLED" : "DISABLED",
          lifecycle: { ignore_changes: ["state"] },
        });
      const limited = region.app
        .all("aws_lambda_function")
        .filter(({ lifecycle }) =>
          JSON.stringify(lifecycle ?? null).includes("reserved_concurrent_executions"),
        );
      expect(limited.map(({ function_name }) => function_name)).toEqual(["example-prod-api"]);
    }
  },
);

testRegions("roles, policies and dashboards, which have no region, have other names", () => {
  const global = { aws_iam_role: "name", aws_iam_policy: "name", aws_cloudwatch_dashboard: "dashboard_name" };
  const names = (region: Region) =>
    [region.core, region.infra, region.app].flatMap((stack) =>
      Object.entries(global).flatMap(([type, name]) => stack.all(type).map((each) => String(each[name]))),
    );
  expect(active.app.one("aws_cloudwatch_dashboard").dashboard_name).toBe("example-prod-service");
  const [ofActive, ofStandby] = [new Set(names(active)), names(standby)];
  expect(ofStandby.length).toBeGreaterThan(4);
  expect(ofStandby.filter((name) => ofActive.has(name) || !name.endsWith(`-${second}`))).toEqual([]);
  expect(Math.max(...ofStandby.map((name) => name.length))).toBeLessThanOrEqual(64);
});

testRegions("the name leads to the second region while the health check of the first fails", () => {
  const records = (region: Region) =>
    region.infra
      .all("aws_route53_record")
      .filter(({ name }) => name === "api.example.com")
      .map(({ type, set_identifier, failover_routing_policy, health_check_id }) => [
        ...[type, set_identifier, failover_routing_policy, health_check_id],
      ]);
  const check = "${aws_route53_health_check.health-check.id}";
  expect(records(active)).toEqual(["A", "AAAA"].map((type) => [type, "primary", { type: "PRIMARY" }, check]));
  expect(records(standby)).toEqual(
    ["A", "AAAA"].map((type) => [type, "secondary", { type: "SECONDARY" }, undefined]),
  );
  // ACM validates the name in both regions by the first one's record.
  const validations = ({ infra }: Region) =>
    infra.all("aws_route53_record").filter(({ ttl }) => ttl !== undefined).length;
  expect([validations(active), validations(standby)]).toEqual([1, 0]);
  expect(active.infra.one("aws_route53_health_check")).toMatchObject({
    type: "HTTPS",
    resource_path: "/health",
    fqdn: expect.stringContaining("api_endpoint") as string,
  });
  for (const { infra } of [active, standby])
    expect(infra.one("aws_apigatewayv2_api")).not.toHaveProperty("disable_execute_api_endpoint", true);
});

testRegions(
  "only the first region has the roles of workflows and operators, which name both regions and are denied all others",
  () => {
    expect(standby.core.all("aws_iam_role")).toEqual([]);
    const denied = [
      ...active.core.all("aws_iam_role_policy"),
      active.core.one("aws_iam_policy", { name: "example-prod-operator" }),
    ].map(({ policy }) => statementsOf(policy).filter(({ Sid }) => Sid === "DenyOtherRegions"));
    expect(denied).toHaveLength(3);
    for (const statements of denied)
      expect(statements).toEqual([
        expect.objectContaining({
          Effect: "Deny",
          Resource: "*",
          Condition: {
            StringNotEquals: { "aws:RequestedRegion": ["${data.aws_region.region.name}", second] },
          },
        }),
      ]);
  },
);

testRegions(
  "a role of a function is bounded by its region's boundary; the deploy role creates roles with either",
  () => {
    const writes = statementsOf(
      active.core.one("aws_iam_policy", { name: "example-prod-deploy-app" }).policy,
    );
    const bounded = writes.find(({ Sid }) => Sid === "WriteBoundedRoles");
    expect(JSON.stringify(bounded?.Condition)).toContain(`policy/example-prod-boundary-${second}`);
    const boundary = standby.core.one("aws_iam_policy", { name: `example-prod-boundary-${second}` });
    expect(String(boundary.policy)).not.toContain(first);
    for (const { permissions_boundary } of standby.app.all("aws_iam_role"))
      expect(permissions_boundary).toContain("permissions_boundary_arn");
  },
);

testRegions("each policy fits into IAM's limit", () => {
  for (const { name, policy } of active.core.all("aws_iam_policy")) {
    // IAM counts characters without white space; tokens are replaced by longer account ids and regions.
    expect([name, String(policy).length < 6_144 * 1.5]).toEqual([name, true]);
    expect(documentsIn(policy)).toHaveLength(1);
  }
  expect(permissionRules.length).toBeGreaterThan(0);
});

testRegions("an alarm watches how late writes reach the second region", () => {
  const alarm = active.infra.one("aws_cloudwatch_metric_alarm", {
    alarm_name: "example-prod-tasks-replication-latency",
  });
  expect(alarm).toMatchObject({
    metric_name: "ReplicationLatency",
    dimensions: { TableName: "example-prod-tasks", ReceivingRegion: second },
  });
  expect(standby.infra.all("aws_cloudwatch_metric_alarm").map(({ alarm_name }) => alarm_name)).toContain(
    "example-prod-tasks-table-throttles",
  );
});
