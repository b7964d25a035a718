import { tableNames } from "@serverless-tasks/functions/service";
import { namePrefix } from "../shared/naming";
import { exampleEnvironment, forEachEnvironment, synthesizedWithKey } from "../testing/environments";
import { statementsOf, synthesize } from "../testing/synthesize";

const day = 86_400;

forEachEnvironment((environment) => {
  test("messages that the worker fails to process go to the dead-letter queue after max_receive_count receives", () => {
    const { infra, config } = environment();
    const prefix = namePrefix(config);
    const queue = infra.one("aws_sqs_queue", { name: `${prefix}-tasks` });
    const deadLetters = infra.one("aws_sqs_queue", { name: `${prefix}-tasks-dlq` });
    expect(queue.redrive_policy).toContain(`"maxReceiveCount":${config.infra.task_queue.max_receive_count}`);
    expect(queue.message_retention_seconds).toBe(config.infra.task_queue.retention_days * day);
    expect(deadLetters.redrive_allow_policy).toMatch(
      new RegExp(`"byQueue","sourceQueueArns":\\[".*:${prefix}-tasks"\\]`),
    );
  });

  test("only rules of the environment may send to the events' dead-letter queue", () => {
    const { infra, config } = environment();
    const allowed = infra
      .all("aws_sqs_queue")
      .flatMap(({ policy }) => statementsOf(policy))
      .filter(({ Effect }) => Effect === "Allow");
    expect(allowed).toHaveLength(1);
    expect(allowed[0]).toMatchObject({
      Principal: { Service: "events.amazonaws.com" },
      Action: "sqs:SendMessage",
      Condition: {
        ArnLike: { "aws:SourceArn": expect.stringMatching(`:rule/${namePrefix(config)}-\\*$`) as string },
      },
    });
  });

  test("the API's stage logs and throttles requests", () => {
    const { infra, config } = environment();
    expect(infra.one("aws_apigatewayv2_stage")).toMatchObject({
      name: "$default",
      auto_deploy: true,
      access_log_settings: {
        destination_arn: expect.stringContaining("aws_cloudwatch_log_group") as string,
        format: expect.stringContaining("$context.requestId") as string,
      },
      default_route_settings: {
        throttling_rate_limit: config.infra.http_api.throttling_rate_limit,
        throttling_burst_limit: config.infra.http_api.throttling_burst_limit,
      },
    });
    expect(
      infra.one("aws_cloudwatch_log_group", { name: `/aws/vendedlogs/${namePrefix(config)}-api` })
        .retention_in_days,
    ).toBe("${data.terraform_remote_state.core.outputs.log_retention_days}");
    expect(infra.one("aws_apigatewayv2_api").cors_configuration).toMatchObject({
      allow_origins: config.infra.http_api.cors_allow_origins,
    });
  });

  test("the table, if enabled, has the recovery and the deletion protection of tfvars", () => {
    const { infra, config } = environment();
    const { enabled, deletion_protection, point_in_time_recovery } = config.infra.table;
    const table = {
      name: `${namePrefix(config)}-tasks`,
      billing_mode: "PAY_PER_REQUEST",
      deletion_protection_enabled: deletion_protection,
      point_in_time_recovery: { enabled: point_in_time_recovery },
      ttl: { enabled: true },
    };
    const named = infra.all("aws_dynamodb_table").filter(({ name }) => name === table.name);
    expect(named).toMatchObject(enabled ? [table] : []);
  });

  test("there is a rule for each schedule and, with a table, for the outbox sweep", () => {
    const { infra, config } = environment();
    const { schedules, outbox, table } = config.infra;
    const ruleOf = (name: string, schedule_expression: unknown, enabled = true) => ({
      name: `${namePrefix(config)}-${name}`,
      schedule_expression,
      state: enabled ? "ENABLED" : "DISABLED",
    });
    const sweep = ruleOf("outbox-sweep", expect.stringMatching(`^rate\\(${outbox.sweep_interval_minutes} `));
    const expected = Object.entries(schedules).map(([name, { expression, enabled }]) =>
      ruleOf(name, expression, enabled),
    );
    const rules = infra.all("aws_cloudwatch_event_rule");
    expect(rules).toHaveLength(expected.length + (table.enabled ? 1 : 0));
    for (const rule of table.enabled ? [...expected, sweep] : expected)
      expect(infra.one("aws_cloudwatch_event_rule", { name: rule.name })).toMatchObject(rule);
  });

  test("without a table there is no sweep and no output of the table", () => {
    const { config } = environment();
    const { infra, app } = synthesize({
      ...config,
      infra: { ...config.infra, table: { ...config.infra.table, enabled: false } },
    });
    expect(infra.all("aws_dynamodb_table")).toHaveLength(tableNames.length);
    expect(infra.all("aws_cloudwatch_event_rule")).toHaveLength(Object.keys(config.infra.schedules).length);
    expect(Object.keys(infra.json.output)).not.toContain("table_name");
    expect(JSON.stringify(app.json.resource)).not.toMatch(/outputs\.table_/);
  });

  test("tags come from the core layer", () => {
    const { infra, app } = environment();
    for (const stack of [infra, app]) {
      const [provider] = stack.json.provider.aws;
      expect(JSON.stringify(provider.default_tags)).toContain(
        "data.terraform_remote_state.core.outputs.tags",
      );
    }
  });
});

test.each([
  [true, { kms_master_key_id: "${data.terraform_remote_state.core.outputs.key_arn}" }],
  [false, { sqs_managed_sse_enabled: true }],
])("every queue is encrypted; by a customer managed key: %s", async (hasKey, encryption) => {
  const { infra } = await synthesizedWithKey(hasKey);
  const queues = infra.all("aws_sqs_queue");
  expect(queues.length).toBeGreaterThan(0);
  for (const queue of queues) expect(queue).toMatchObject(encryption);
});

test.each([
  [1, "rate(1 minute)"],
  [5, "rate(5 minutes)"],
])("the outbox is swept every %i minutes: %s", async (sweep_interval_minutes, schedule_expression) => {
  const { infra, ...dev } = await exampleEnvironment("dev");
  const table = { ...infra.table, enabled: true };
  const stacks = synthesize({ ...dev, infra: { ...infra, table, outbox: { sweep_interval_minutes } } });
  expect(
    stacks.infra.one("aws_cloudwatch_event_rule", { name: `${namePrefix(dev)}-outbox-sweep` }),
  ).toMatchObject({ schedule_expression });
});
