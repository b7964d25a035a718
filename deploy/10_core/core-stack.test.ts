import { forEachEnvironment } from "../testing/environments";
import { statementsOf } from "../testing/synthesize";

forEachEnvironment((environment) => {
  test("the account, the region and the tags come from tfvars", () => {
    const { core, config, name } = environment();
    const [provider] = core.json.provider.aws;
    expect(provider).toMatchObject({
      region: config.core.region,
      allowed_account_ids: config.core.allowed_account_ids,
    });
    expect(core.json.output.tags?.value).toEqual({
      Project: "tasks",
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

  test("there is a customer managed key if and only if tfvars enable it", () => {
    const { core, config } = environment();
    const expected = config.core.encryption.customer_managed_key ? 1 : 0;
    expect(core.all("aws_kms_key")).toHaveLength(expected);
    expect("key_arn" in core.json.output).toBe(expected === 1);
    expect("key_usage_policy_arn" in core.json.output).toBe(expected === 1);
  });

  test("the key rotates, and only the account and two services may use it", () => {
    const { core, config } = environment();
    for (const key of core.all("aws_kms_key")) {
      expect(key).toMatchObject({
        enable_key_rotation: true,
        deletion_window_in_days: config.core.encryption.deletion_window_days,
      });
      const principals = statementsOf(key.policy).map((statement) => JSON.stringify(statement.Principal));
      expect(principals).toEqual([
        expect.stringContaining(":root"),
        expect.stringMatching(/"logs\.\$\{.*\.amazonaws\.com"/),
        expect.stringContaining("events.amazonaws.com"),
      ]);
    }
  });

  test("services may use the key only with the environment's encryption contexts", () => {
    const { core, name } = environment();
    for (const key of core.all("aws_kms_key")) {
      const conditions = statementsOf(key.policy)
        .slice(1)
        .map(({ Condition }) => JSON.stringify(Condition).replaceAll(/\$\{[^}]*\}/g, ""));
      expect(conditions).toEqual([
        `{"ArnLike":{"kms:EncryptionContext:aws:logs:arn":["arn::logs:::log-group:/aws/lambda/tasks-${name}-*","arn::logs:::log-group:/aws/vendedlogs/tasks-${name}-*"]}}`,
        // EventBridge sends KMS no aws:SourceArn and no aws:SourceAccount: a condition on them is never met.
        `{"ArnLike":{"kms:EncryptionContext:aws:sqs:arn":"arn::sqs:::tasks-${name}-*"}}`,
      ]);
    }
  });

  test("the boundary is limited to the environment's resources, except for X-Ray", () => {
    const { core, name } = environment();
    const boundary = core.one("aws_iam_policy", { name: `tasks-${name}-boundary` });
    for (const { Sid, Resource } of statementsOf(boundary.policy)) {
      if (Sid === "Traces") expect(Resource).toBe("*");
      else if (Sid === "Key") expect(Resource).toMatch(/aws_kms_key/);
      else expect(Resource).toContain(`tasks-${name}-`);
    }
  });
});
