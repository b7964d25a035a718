import { forEachEnvironment } from "../testing/environments";
import { statementsOf, synthesize } from "../testing/synthesize";

const day = 86_400;

forEachEnvironment((environment) => {
  test("messages that the worker fails to process go to the dead-letter queue after max_receive_count receives", () => {
    const { infra, config, name } = environment();
    const queue = infra.one("aws_sqs_queue", { name: `tasks-${name}-tasks` });
    const deadLetters = infra.one("aws_sqs_queue", { name: `tasks-${name}-tasks-dlq` });
    expect(queue.redrive_policy).toContain(`"maxReceiveCount":${config.infra.task_queue.max_receive_count}`);
    expect(queue.message_retention_seconds).toBe(config.infra.task_queue.retention_days * day);
    expect(deadLetters.redrive_allow_policy).toMatch(/"byQueue","sourceQueueArns":\[".*:tasks-\w+-tasks"\]/);
  });

  test("every queue is encrypted", () => {
    const { infra, config } = environment();
    for (const queue of infra.all("aws_sqs_queue")) {
      if (config.core.encryption.customer_managed_key) {
        expect(queue.kms_master_key_id).toBe("${data.terraform_remote_state.core.outputs.key_arn}");
      } else expect(queue.sqs_managed_sse_enabled).toBe(true);
    }
  });

  test("only rules of the environment may send to the events' dead-letter queue", () => {
    const { infra, name } = environment();
    const allowed = infra
      .all("aws_sqs_queue")
      .flatMap(({ policy }) => statementsOf(policy))
      .filter(({ Effect }) => Effect === "Allow");
    expect(allowed).toHaveLength(1);
    expect(allowed[0]).toMatchObject({
      Principal: { Service: "events.amazonaws.com" },
      Action: "sqs:SendMessage",
      Condition: {
        ArnLike: { "aws:SourceArn": expect.stringMatching(`:rule/tasks-${name}-\\*$`) as string },
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
    expect(infra.one("aws_cloudwatch_log_group").retention_in_days).toBe(
      "${data.terraform_remote_state.core.outputs.log_retention_days}",
    );
    expect(infra.one("aws_apigatewayv2_api").cors_configuration).toMatchObject({
      allow_origins: config.infra.http_api.cors_allow_origins,
    });
  });

  test("the table has the recovery and the deletion protection of tfvars", () => {
    const { infra, config, name } = environment();
    expect(infra.one("aws_dynamodb_table", { name: `tasks-${name}-tasks` })).toMatchObject({
      billing_mode: "PAY_PER_REQUEST",
      deletion_protection_enabled: config.infra.table.deletion_protection,
      point_in_time_recovery: { enabled: config.infra.table.point_in_time_recovery },
      ttl: { enabled: true },
    });
  });

  test("there is a rule for each schedule and for the outbox sweep", () => {
    const { infra, name } = environment();
    expect(infra.one("aws_cloudwatch_event_rule", { name: `tasks-${name}-daily-report` })).toMatchObject({
      schedule_expression: "cron(0 6 * * ? *)",
      state: "ENABLED",
    });
    expect(infra.one("aws_cloudwatch_event_rule", { name: `tasks-${name}-outbox-sweep` })).toMatchObject({
      schedule_expression: "rate(1 minute)",
    });
  });

  test("without a table there is no sweep and no output of the table", () => {
    const { config } = environment();
    const { infra, app } = synthesize({
      ...config,
      infra: { ...config.infra, table: { ...config.infra.table, enabled: false } },
    });
    expect(infra.all("aws_dynamodb_table")).toEqual([]);
    expect(infra.all("aws_cloudwatch_event_rule")).toHaveLength(1);
    expect(Object.keys(infra.json.output)).not.toContain("table_name");
    expect(JSON.stringify(app.json.resource)).not.toMatch(/outputs\.table_|dynamodb/);
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
