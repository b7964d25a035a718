import { LambdaEventSourceMapping } from "@cdktf/provider-aws/lib/lambda-event-source-mapping";
import type { WorkerEnvironment } from "@serverless-tasks/functions/worker/env";
import { taskSecrets } from "@serverless-tasks/functions/worker/handlers";
import { workerPermissions } from "@serverless-tasks/functions/worker/permissions";
import type { Construct } from "constructs";
import { dataPermissions } from "../lambda/data-permissions";
import { commonSettings, commonVariables, type FunctionContext } from "../lambda/function-settings";
import { ServiceFunction } from "../lambda/service-function";

/** The worker, with the task queue as its event source. */
export function workerFunction(scope: Construct, context: FunctionContext): ServiceFunction {
  const { config, infra } = context;
  const { batch_size, maximum_concurrency, secret_max_age_seconds } = config.app.worker;
  const { worker_timeout_seconds, batching_window_seconds, max_receive_count } = config.infra.task_queue;
  const environment: WorkerEnvironment = {
    ...commonVariables("worker", context),
    MAX_RECEIVE_COUNT: String(max_receive_count),
    SECRET_ARNS: JSON.stringify(
      Object.fromEntries(taskSecrets.map((name) => [name, infra.secret_arns.entry(name)])),
    ),
    SECRET_MAX_AGE_SECONDS: String(secret_max_age_seconds),
  };
  const worker = new ServiceFunction(scope, "worker", {
    ...commonSettings("worker", context),
    description: "Processes tasks from the task queue",
    environment,
    timeoutSeconds: worker_timeout_seconds,
    permissions: dataPermissions(workerPermissions, infra),
  });
  new LambdaEventSourceMapping(scope, "worker-tasks", {
    eventSourceArn: infra.task_queue_arn,
    functionName: worker.live.arn,
    batchSize: batch_size,
    maximumBatchingWindowInSeconds: batching_window_seconds,
    // SQS redelivers only the messages that the worker reports as failed.
    functionResponseTypes: ["ReportBatchItemFailures"],
    scalingConfig: { maximumConcurrency: maximum_concurrency },
  });
  return worker;
}
