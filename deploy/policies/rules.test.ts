import * as z from "zod";
import { layers, type Layer } from "../shared/layers";
import { forEachEnvironment, synthesizedForAws, type Synthesized } from "../testing/environments";
import { SynthesizedStack } from "../testing/synthesize";
import { oneSchedule, TemporaryDeploy } from "../testing/temporary-deploy";
import { alarmBreakages } from "../testing/alarm-breakages";
import { optionalBreakages } from "../testing/optional-breakages";
import { replace, set, without, type Breakage, type Change } from "../testing/breakage";
import { storeBreakages } from "../testing/store-breakages";
import { ResolvedEnvironment } from "./resolved-environment";
import { rules } from "./rules";

const violationsOf = (synthesized: Synthesized) => {
  const environment = new ResolvedEnvironment(synthesized);
  return rules.flatMap(({ name, violations }) =>
    violations(environment).map((violation) => ({ rule: name, ...violation })),
  );
};

forEachEnvironment((environment) => {
  test("violates no rule", () => {
    expect(violationsOf(environment())).toEqual([]);
  });
});

const addStatement =
  (statement: object): Change =>
  ({ policy, ...others }) => {
    const { Statement } = z.object({ Statement: z.array(z.unknown()) }).parse(JSON.parse(String(policy)));
    return { ...others, policy: JSON.stringify({ Statement: [...Statement, statement] }) };
  };
const ownQueue = "arn:aws:sqs:eu-central-1:333333333333:example-prod-tasks";
const allow = (Action: string, Resource: string) => addStatement({ Effect: "Allow", Action, Resource });

const invisible = "messages are invisible while they are processed";
const invokedByAlias = "functions are invoked through the alias live";

/** The rule, the resource (the first whose id starts with a string), and the change that violates the rule. */
const breakages: readonly Breakage[] = [
  [
    "consumed queues have a dead-letter queue",
    "infra",
    "aws_sqs_queue",
    "task-queue_tasks",
    without("redrive_policy"),
  ],
  [
    "messages are received at least five times",
    "infra",
    "aws_sqs_queue",
    "task-queue_tasks",
    replace("redrive_policy", '"maxReceiveCount":5', '"maxReceiveCount":4'),
  ],
  [
    "dead letters are retained longer than messages",
    "infra",
    "aws_sqs_queue",
    "task-queue_dead-letter",
    without("message_retention_seconds"),
  ],
  [invisible, "infra", "aws_sqs_queue", "task-queue_tasks", set({ visibility_timeout_seconds: 180 })],
  [
    invisible,
    "app",
    "aws_lambda_event_source_mapping",
    "worker",
    set({ maximum_batching_window_in_seconds: 2 }),
  ],
  [
    "consumers do not exceed their reserved concurrency",
    "app",
    "aws_lambda_event_source_mapping",
    "worker",
    set({ scaling_config: { maximum_concurrency: 51 } }),
  ],
  [
    "consumers do not exceed their reserved concurrency",
    "app",
    "aws_lambda_event_source_mapping",
    "worker",
    without("scaling_config"),
  ],
  [
    "consumers report failed messages individually",
    "app",
    "aws_lambda_event_source_mapping",
    "worker",
    without("function_response_types"),
  ],
  [
    "undelivered events are retried and then stored",
    "app",
    "aws_cloudwatch_event_target",
    "target-",
    without("dead_letter_config"),
  ],
  [
    "undelivered events are retried and then stored",
    "app",
    "aws_cloudwatch_event_target",
    "target-",
    set({ retry_policy: { maximum_retry_attempts: 0 } }),
  ],
  [
    "failed asynchronous invocations are stored once",
    "app",
    "aws_lambda_function_event_invoke_config",
    "producer",
    without("destination_config"),
  ],
  [
    "failed asynchronous invocations are stored once",
    "app",
    "aws_lambda_function",
    "producer",
    set({
      dead_letter_config: {
        target_arn: "${data.terraform_remote_state.infra.outputs.event_dead_letter_queue_arn}",
      },
    }),
  ],
  [
    invokedByAlias,
    "app",
    "aws_apigatewayv2_integration",
    "api",
    replace("integration_uri", "aws_lambda_alias.api_live", "aws_lambda_function.api"),
  ],
  [invokedByAlias, "app", "aws_lambda_permission", "api", without("qualifier")],
  [invokedByAlias, "app", "aws_lambda_alias", "api", set({ name: "latest" })],
  ["Terraform does not move an alias", "app", "aws_lambda_alias", "worker", without("lifecycle")],
  ["a new version of any function is released", "app", "terraform_data", "", set({ triggers_replace: {} })],
  [
    "Lambda permissions have a source ARN",
    "app",
    "aws_lambda_permission",
    "permission-",
    without("source_arn"),
  ],
  [
    "the API function's timeout is shorter than the API's",
    "app",
    "aws_lambda_function",
    "api",
    set({ timeout: 30 }),
  ],
  ["logs expire", "infra", "aws_cloudwatch_log_group", "http-api", without("retention_in_days")],
  [
    "a function's log group is created before the function",
    "app",
    "aws_lambda_function",
    "worker",
    set({ depends_on: [] }),
  ],
  [
    "queues, topics and buckets require TLS",
    "infra",
    "aws_sqs_queue",
    "event-dead",
    replace("policy", '"sqs:*"', '"sqs:SendMessage"'),
  ],
  [
    "queues, topics and buckets require TLS",
    "infra",
    "aws_sqs_queue",
    "task-queue_tasks",
    replace("policy", '"false"', '"true"'),
  ],
  [
    "queues, topics and buckets require TLS",
    "infra",
    "aws_sqs_queue",
    "task-queue_dead-letter",
    without("policy"),
  ],
  ...alarmBreakages,
  ...optionalBreakages,
  ["permissions name their actions", "app", "aws_iam_role_policy", "api", allow("sqs:Send*", ownQueue)],
  [
    "permissions have no NotAction, NotResource or NotPrincipal",
    "app",
    "aws_iam_role_policy",
    "api",
    addStatement({ Effect: "Allow", NotAction: "sqs:SendMessage", Resource: ownQueue }),
  ],
  ["permissions name their resources", "core", "aws_iam_policy", "tracing", allow("sqs:SendMessage", "*")],
  [
    "permissions name their resources",
    "core",
    "aws_iam_policy",
    "boundary",
    replace("policy", "table/example-prod-*", "table/example-*"),
  ],
];

describe("a violated rule, and no other, reports a violation", () => {
  let prod: Synthesized;
  beforeAll(async () => {
    const deploy = new TemporaryDeploy();
    deploy.set("infra", "prod", {
      ...oneSchedule(),
      "task_queue.max_receive_count": "5",
      "task_queue.worker_timeout_seconds": "30",
      "task_queue.batching_window_seconds": "1",
    });
    deploy.set("app", "prod", { "worker.maximum_concurrency": "50", "worker.reserved_concurrency": "50" });
    prod = await synthesizedForAws("prod", deploy.root);
    deploy.dispose();
  });

  test.each(breakages)("%s: %s %s.%s", (rule, layer, type, id, change) => {
    const found = violationsOf(changed(prod, layer, type, id, change));
    expect([...new Set(found.map((violation) => violation.rule))]).toEqual([rule]);
    for (const { resource, expected } of found) expect([resource, expected]).not.toContain("");
  });

  test.each(layers)("all resources have the standard tags: %s", (layer) => {
    const json = structuredClone(prod[layer].json);
    json.provider.aws[0].default_tags = [];
    const found = violationsOf({ ...prod, [layer]: new SynthesizedStack(JSON.stringify(json)) });
    expect(found.map((violation) => violation.rule)).toEqual(["all resources have the standard tags"]);
  });

  test("Terraform does not set values of secrets", () => {
    const json = structuredClone(prod.infra.json);
    json.resource.aws_secretsmanager_secret_version = { value: { secret_string: "known to all" } };
    const found = violationsOf({ ...prod, infra: new SynthesizedStack(JSON.stringify(json)) });
    expect(found.map((violation) => violation.rule)).toEqual(["Terraform does not set values of secrets"]);
  });

  test("every rule has a test that violates it", () => {
    const violated = new Set([
      ...breakages.map(([rule]) => rule),
      ...storeBreakages.map(([rule]) => rule),
      "all resources have the standard tags",
      "Terraform does not set values of secrets",
      "roles of two regions are denied all others", // by deploy/recovery.test.ts
    ]);
    expect(rules.map(({ name }) => name).filter((name) => !violated.has(name))).toEqual([]);
  });
});

function changed(environment: Synthesized, layer: Layer, type: string, id: string, change: Change) {
  const json = structuredClone(environment[layer].json);
  const resources = json.resource[type] ?? {};
  const found = Object.entries(resources).find(([name]) => name.startsWith(id));
  if (found === undefined) throw new Error(`${layer} has no ${type}.${id}`);
  resources[found[0]] = change(found[1]);
  return { ...environment, [layer]: new SynthesizedStack(JSON.stringify(json)) };
}
