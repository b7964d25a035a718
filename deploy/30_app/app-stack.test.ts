import { apiEnvironment } from "@serverless-tasks/functions/api/env";
import * as z from "zod";
import { loadEnvironment } from "../config/load-environment";
import { namePrefix } from "../shared/naming";
import { forEachEnvironment, synthesizedWithKey, type Synthesized } from "../testing/environments";
import { synthesize } from "../testing/synthesize";

const transformer = z.object({ input_template: z.string().transform((json): unknown => JSON.parse(json)) });
const functionNames = ["api", "worker", "producer"] as const;
const functionOf = ({ app, config }: Pick<Synthesized, "app" | "config">, name: string) =>
  app.one("aws_lambda_function", { function_name: `${namePrefix(config)}-${name}` });

forEachEnvironment((environment) => {
  test.each(functionNames)("%s runs on Lambda's Node 22 from its own zip and the shared layer", (name) => {
    expect(functionOf(environment(), name)).toMatchObject({
      runtime: "nodejs22.x",
      architectures: ["arm64"],
      handler: "index.handler",
      filename: `artifacts/${name}.zip`,
      layers: ["${aws_lambda_layer_version.layer.arn}"],
      publish: true,
      tracing_config: { mode: "Active" },
      logging_config: { log_format: "JSON" },
    });
  });

  test.each(functionNames)("Lambda keeps the logs of %s from the level of tfvars", (name) => {
    const { config } = environment();
    expect(functionOf(environment(), name)).toMatchObject({
      logging_config: {
        log_format: "JSON",
        application_log_level: config.app.log_level,
        system_log_level: config.app.system_log_level,
      },
      environment: { variables: { LOG_LEVEL: config.app.log_level } },
    });
  });

  test.each(functionNames)("%s has a role of its own with the permissions boundary", (name) => {
    const { app, config } = environment();
    expect(app.one("aws_iam_role", { name: `${namePrefix(config)}-${name}` }).permissions_boundary).toBe(
      "${data.terraform_remote_state.core.outputs.permissions_boundary_arn}",
    );
    const role = `\${aws_iam_role.${name}_role_`;
    const policies = app.all("aws_iam_role_policy").filter((policy) => String(policy.role).startsWith(role));
    expect(policies).toHaveLength(1);
  });

  test("the worker has the concurrency and the timeout of tfvars", () => {
    const { app, config } = environment();
    const { maximum_concurrency, reserved_concurrency } = config.app.worker;
    expect(app.one("aws_lambda_event_source_mapping")).toMatchObject({
      scaling_config: { maximum_concurrency },
    });
    expect(functionOf(environment(), "worker").reserved_concurrent_executions).toBe(reserved_concurrency);
    expect(functionOf(environment(), "worker").timeout).toBe(config.infra.task_queue.worker_timeout_seconds);
  });

  test("the sweep regards a message as lost after the queue's retention and one visibility timeout", () => {
    const { config } = environment();
    const { retention_days, worker_timeout_seconds, batching_window_seconds } = config.infra.task_queue;
    // https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html: six times the function's timeout and the window
    const visibilitySeconds = 6 * worker_timeout_seconds + batching_window_seconds;
    const seconds = retention_days * 24 * 60 * 60 + visibilitySeconds;
    expect(functionOf(environment(), "producer")).toMatchObject({
      environment: { variables: { MESSAGE_LIFETIME_SECONDS: String(seconds) } },
    });
  });

  test("the event of a rule has the schedule, the slot and the task", () => {
    const { app, config } = environment();
    const { schedules, table } = config.infra;
    const templates = app
      .all("aws_cloudwatch_event_target")
      .map((target) => transformer.parse(target.input_transformer).input_template);
    const tasks = Object.entries(schedules).map(([schedule, { type, payload }]) => {
      return { kind: "schedule", schedule, time: "<time>", type, payload };
    });
    expect(templates).toEqual(table.enabled ? [...tasks, { kind: "sweep", time: "<time>" }] : tasks);
  });
});

test.each([true, false])(
  "a customer managed key encrypts variables and logs, and each role may use it: %s",
  async (hasKey) => {
    const { app } = await synthesizedWithKey(hasKey);
    const key = hasKey ? "${data.terraform_remote_state.core.outputs.key_arn}" : undefined;
    const keys = (type: string, attribute: string) => app.all(type).map((resource) => resource[attribute]);
    const expected = functionNames.map(() => key);
    expect(keys("aws_lambda_function", "kms_key_arn")).toEqual(expected);
    expect(keys("aws_cloudwatch_log_group", "kms_key_id")).toEqual(expected);
    const attached = keys("aws_iam_role_policy_attachment", "policy_arn").map(String);
    expect(attached.filter((policy) => policy.includes("key_usage"))).toHaveLength(
      hasKey ? functionNames.length : 0,
    );
  },
);

describe("with a table and a schedule", () => {
  let synthesized: Pick<Synthesized, "app" | "config">;
  beforeAll(async () => {
    const dev = await loadEnvironment("dev");
    const daily = { expression: "rate(1 day)", type: "echo", payload: { message: "" }, enabled: true };
    const infra = { ...dev.infra, table: { ...dev.infra.table, enabled: true }, schedules: { daily } };
    const config = { ...dev, infra };
    synthesized = { config, ...synthesize(config) };
  });

  test("the API function has exactly the variables of its environment schema", () => {
    const names = Object.keys(apiEnvironment.shape);
    expect(functionOf(synthesized, "api").environment).toEqual({
      variables: Object.fromEntries(names.map((name) => [name, expect.any(String)])),
    });
  });

  test("an undelivered event is retried for an hour and then stored, from rules and from asynchronous invocations", () => {
    const { app } = synthesized;
    const deadLetters = "${data.terraform_remote_state.infra.outputs.event_dead_letter_queue_arn}";
    expect(app.all("aws_cloudwatch_event_target")).toHaveLength(2);
    for (const target of app.all("aws_cloudwatch_event_target")) {
      expect(target).toMatchObject({
        retry_policy: { maximum_retry_attempts: 10, maximum_event_age_in_seconds: 3600 },
        dead_letter_config: { arn: deadLetters },
      });
    }
    expect(app.one("aws_lambda_function_event_invoke_config")).toMatchObject({
      qualifier: expect.stringMatching(/^\$\{aws_lambda_alias\.producer_live_\w+\.name\}$/),
      maximum_event_age_in_seconds: 3600,
      destination_config: { on_failure: { destination: deadLetters } },
    });
    expect(functionOf(synthesized, "producer").dead_letter_config).toBeUndefined();
  });
});
