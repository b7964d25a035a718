import { apiEnvironment } from "@serverless-tasks/functions/api/env";
import { forEachEnvironment } from "../testing/environments";
import type { SynthesizedStack } from "../testing/synthesize";

const functionNames = ["api", "worker", "producer"] as const;
const functionOf = (app: SynthesizedStack, environment: string, name: string) =>
  app.one("aws_lambda_function", { function_name: `tasks-${environment}-${name}` });

forEachEnvironment((environment) => {
  test.each(functionNames)("%s runs on Lambda's Node 22 from its own zip and the shared layer", (name) => {
    const { app, name: env } = environment();
    expect(functionOf(app, env, name)).toMatchObject({
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
    const { app, config, name: env } = environment();
    const called = functionOf(app, env, name);
    expect(called).toMatchObject({
      logging_config: {
        log_format: "JSON",
        application_log_level: config.app.log_level,
        system_log_level: config.app.system_log_level,
      },
      environment: { variables: { LOG_LEVEL: config.app.log_level } },
    });
  });

  test.each(functionNames)("%s has a role of its own with the permissions boundary", (name) => {
    const { app, name: env } = environment();
    expect(app.one("aws_iam_role", { name: `tasks-${env}-${name}` }).permissions_boundary).toBe(
      "${data.terraform_remote_state.core.outputs.permissions_boundary_arn}",
    );
    const role = `\${aws_iam_role.${name}_role_`;
    const policies = app.all("aws_iam_role_policy").filter((policy) => String(policy.role).startsWith(role));
    expect(policies).toHaveLength(1);
  });

  test("the customer managed key, if enabled, encrypts variables and logs, and each role may use it", () => {
    const { app, config } = environment();
    const key = config.core.encryption.customer_managed_key
      ? "${data.terraform_remote_state.core.outputs.key_arn}"
      : undefined;
    for (const resource of app.all("aws_lambda_function")) expect(resource.kms_key_arn).toBe(key);
    for (const resource of app.all("aws_cloudwatch_log_group")) expect(resource.kms_key_id).toBe(key);
    const usage = app
      .all("aws_iam_role_policy_attachment")
      .filter((a) => String(a.policy_arn).includes("key_usage"));
    expect(usage).toHaveLength(key === undefined ? 0 : functionNames.length);
  });

  test("the API function has exactly the variables of its environment schema", () => {
    const { app, name: env } = environment();
    const { variables } = functionOf(app, env, "api").environment as { variables: Record<string, string> };
    expect(Object.keys(variables).sort()).toEqual(Object.keys(apiEnvironment.shape).sort());
  });

  test("the worker has the concurrency and the timeout of tfvars", () => {
    const { app, config, name: env } = environment();
    const { maximum_concurrency, reserved_concurrency } = config.app.worker;
    expect(app.one("aws_lambda_event_source_mapping")).toMatchObject({
      scaling_config: { maximum_concurrency },
    });
    expect(functionOf(app, env, "worker").reserved_concurrent_executions).toBe(reserved_concurrency);
    expect(functionOf(app, env, "worker").timeout).toBe(config.infra.task_queue.worker_timeout_seconds);
  });

  test("an undelivered event is retried for an hour and then stored, from rules and from asynchronous invocations", () => {
    const { app, name: env } = environment();
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
    expect(functionOf(app, env, "producer").dead_letter_config).toBeUndefined();
  });

  test("the event of a rule has the schedule, the slot and the task", () => {
    const { app } = environment();
    const templates = app.all("aws_cloudwatch_event_target").map((target) => {
      const { input_template } = target.input_transformer as { input_template: string };
      return JSON.parse(input_template) as unknown;
    });
    expect(templates).toEqual([
      {
        kind: "schedule",
        schedule: "daily-report",
        time: "<time>",
        type: "report.summary",
        payload: { hours: 24 },
      },
      { kind: "sweep", time: "<time>" },
    ]);
  });
});
