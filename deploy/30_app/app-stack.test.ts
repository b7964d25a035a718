import { apiEnvironment } from "@serverless-tasks/functions/api/env";
import { permissionsOf } from "@serverless-tasks/functions/permissions";
import { functionNames, queueNames } from "@serverless-tasks/functions/service";
import { settingNames } from "@serverless-tasks/functions/settings";
import { resourceVariables } from "@serverless-tasks/functions/shared/runtime/resource-variables";
import * as z from "zod";
import { namePrefix } from "../shared/naming";
import {
  exampleEnvironment,
  forEachEnvironment,
  synthesizedWithKey,
  type Synthesized,
} from "../testing/environments";
import { synthesize } from "../testing/synthesize";

const transformer = z.object({ input_template: z.string().transform((json): unknown => JSON.parse(json)) });
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
    const mapping = app.json.resource.aws_lambda_event_source_mapping?.["worker-tasks"];
    expect(mapping).toMatchObject({
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
    const expected = table.enabled ? [...tasks, { kind: "sweep", time: "<time>" }] : tasks;
    expect(templates).toHaveLength(expected.length);
    expect(templates).toEqual(expect.arrayContaining(expected));
  });
});

test("each queue is the event source of its consumer", async () => {
  const dev = await exampleEnvironment("dev");
  const { app } = synthesize(dev);
  const sources = app.all("aws_lambda_event_source_mapping").map(({ event_source_arn }) => event_source_arn);
  expect(queueNames).toContain("task");
  expect([...sources].sort()).toEqual(
    queueNames.map((name) => `\${data.terraform_remote_state.infra.outputs.${name}_queue_arn}`).sort(),
  );
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
    const dev = await exampleEnvironment("dev");
    const daily = { expression: "rate(1 day)", type: "echo", payload: { message: "" }, enabled: true };
    const infra = { ...dev.infra, table: { ...dev.infra.table, enabled: true }, schedules: { daily } };
    const config = { ...dev, infra };
    synthesized = { config, ...synthesize(config) };
  });

  /** Where there is a domain and an edge; 30_app/edge.test.ts has them. */
  const ofOthers = ["DATABASE_URL", "CACHE_URL", "RATE_LIMIT_PER_MINUTE", "RATE_LIMIT_BURST"];
  const ofDomain = ["PUBLIC_URL", "ORIGIN_SECRET_ARN", "ORIGIN_SECRET_MAX_AGE_SECONDS"];

  test("the API function has exactly the variables of its environment schema", () => {
    const { queues: sent, tables, buckets } = permissionsOf("api");
    const names = [
      ...Object.keys(apiEnvironment.shape).filter((name) => ![...ofDomain, ...ofOthers].includes(name)),
      ...queueNames.filter((name) => name in sent).map(resourceVariables.queue),
      ...Object.keys(tables).map(resourceVariables.table),
      ...Object.keys(buckets).map(resourceVariables.bucket),
      ...(settingNames.length > 0 ? ["SETTINGS"] : []),
    ];
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
