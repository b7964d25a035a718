import { namePrefix } from "../shared/naming";
import {
  exampleEnvironment,
  forEachEnvironment,
  synthesizedWithKey,
  type Synthesized,
} from "../testing/environments";
import { statementsOf, synthesize } from "../testing/synthesize";

forEachEnvironment((environment) => {
  test("the account, the region and the tags come from tfvars", () => {
    const { core, config, name } = environment();
    const [provider] = core.json.provider.aws;
    expect(provider).toMatchObject({
      region: config.core.region,
      allowed_account_ids: config.core.allowed_account_ids,
    });
    expect(core.json.output.tags?.value).toEqual({
      Project: config.core.project,
      Environment: name,
      Owner: config.core.owner,
      CostCenter: config.core.cost_center,
      ManagedBy: "cdktf",
    });
  });

  test("every layer stores its state in S3, with the bucket's encryption, locked by DynamoDB and a lockfile", () => {
    const { core, infra, app, config } = environment();
    for (const [layer, stack] of Object.entries({ core, infra, app })) {
      const backend = Object.entries(config.backends).find(([name]) => name === layer)?.[1];
      expect(stack.json.terraform.backend.s3).toEqual({
        bucket: backend?.bucket,
        key: backend?.key,
        region: backend?.region,
        dynamodb_table: backend?.dynamodb_table,
        use_lockfile: true,
        skip_region_validation: true,
      });
      expect(stack.json.terraform.required_version).toBe(">= 1.11");
    }
  });

  test("the boundary is limited to the environment's resources, except for X-Ray and network interfaces", () => {
    const { core, config } = environment();
    const prefix = namePrefix(config);
    const statements = statementsOf(core.one("aws_iam_policy", { name: `${prefix}-boundary` }).policy);
    expect(statements.map(({ Sid }) => Sid)).toContain("Traces");
    for (const { Sid, Resource } of statements) {
      if (["Traces", "DescribeNetwork", "FindFlowLogs"].includes(Sid ?? "")) expect(Resource).toBe("*");
      else if (Sid === "NetworkInterfaces") expect(Resource).toMatch(/:ec2:.*:\*\/\*$/);
      else if (Sid === "Key") expect(Resource).toMatch(/aws_kms_key/);
      else for (const arn of [Resource].flat()) expect(arn).toContain(`${prefix}-`);
    }
  });
});

describe("the customer managed key", () => {
  let synthesized: Synthesized;
  beforeAll(async () => {
    synthesized = await synthesizedWithKey(true);
  });
  const policyStatements = () => statementsOf(synthesized.core.one("aws_kms_key").policy);

  test("and its outputs exist only if tfvars enable it", async () => {
    const outputs = ["key_arn", "key_usage_policy_arn"];
    expect(Object.keys(synthesized.core.json.output)).toEqual(expect.arrayContaining(outputs));
    const { core } = await synthesizedWithKey(false);
    expect(core.all("aws_kms_key")).toEqual([]);
    expect(Object.keys(core.json.output).filter((name) => outputs.includes(name))).toEqual([]);
  });

  test("rotates, and only the account and two services may use it", () => {
    const { core, config } = synthesized;
    expect(core.one("aws_kms_key")).toMatchObject({
      enable_key_rotation: true,
      deletion_window_in_days: config.core.encryption.deletion_window_days,
    });
    expect(policyStatements().map((statement) => JSON.stringify(statement.Principal))).toEqual([
      expect.stringContaining(":root"),
      expect.stringMatching(/"logs\.\$\{.*\.amazonaws\.com"/),
      expect.stringContaining("events.amazonaws.com"),
    ]);
  });

  test("may be used by services only with the environment's encryption contexts", () => {
    const prefix = namePrefix(synthesized.config);
    const conditions = policyStatements()
      .slice(1)
      .map(({ Condition }) => JSON.stringify(Condition).replaceAll(/\$\{[^}]*\}/g, ""));
    expect(conditions).toEqual([
      `{"ArnLike":{"kms:EncryptionContext:aws:logs:arn":["arn::logs:::log-group:/aws/lambda/${prefix}-*","arn::logs:::log-group:/aws/vendedlogs/${prefix}-*"]}}`,
      // EventBridge sends KMS no aws:SourceArn and no aws:SourceAccount: a condition on them is never met.
      `{"ArnLike":{"kms:EncryptionContext:aws:sqs:arn":"arn::sqs:::${prefix}-*"}}`,
    ]);
  });
});

test("alarms reach each address and each HTTPS endpoint of tfvars, whose subscribers confirm by themselves", async () => {
  const core = {
    alarms_enabled: "true",
    alarm_emails: '["on-call@example.com"]',
    alarm_https_endpoints: '["https://pager.example.com/alarms", "https://chat.example.com/alarms"]',
  };
  const config = await exampleEnvironment("dev", { core });
  const stacks = synthesize(config);
  const topic = Object.keys(stacks.core.json.resource.aws_sns_topic ?? {}).map(
    (id) => `\${aws_sns_topic.${id}.arn}`,
  );
  expect(topic).toHaveLength(1);
  const found = stacks.core.all("aws_sns_topic_subscription");
  expect(found.map(({ protocol, endpoint }) => [protocol, endpoint])).toEqual([
    ["email", "on-call@example.com"],
    ["https", "https://pager.example.com/alarms"],
    ["https", "https://chat.example.com/alarms"],
  ]);
  for (const { topic_arn, endpoint_auto_confirms } of found)
    expect([topic_arn, endpoint_auto_confirms]).toEqual([...topic, undefined]);
});
