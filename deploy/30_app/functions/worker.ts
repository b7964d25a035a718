import type { WorkerEnvironment } from "@serverless-tasks/functions/worker/env";
import { taskSecrets } from "@serverless-tasks/functions/worker/handlers";
import type { Construct } from "constructs";
import { commonVariables, serviceFunction, type FunctionContext } from "../lambda/function-settings";
import type { ServiceFunction } from "../lambda/service-function";

/** The worker, with the secrets of the task types. */
export function workerFunction(scope: Construct, context: FunctionContext): ServiceFunction {
  const { config, infra } = context;
  const { worker_timeout_seconds, max_receive_count } = config.infra.task_queue;
  const environment: WorkerEnvironment = {
    ...commonVariables("worker", context),
    MAX_RECEIVE_COUNT: String(max_receive_count),
    DEAD_LETTER_QUEUE_URL: infra.task_dead_letter_queue_url,
    SECRET_ARNS: JSON.stringify(
      Object.fromEntries(taskSecrets.map((name) => [name, infra.secret_arns.entry(name)])),
    ),
    SECRET_MAX_AGE_SECONDS: String(config.app.worker.secret_max_age_seconds),
  };
  return serviceFunction(scope, "worker", context, {
    environment,
    invocation: "synchronous",
    timeoutSeconds: worker_timeout_seconds,
  });
}
