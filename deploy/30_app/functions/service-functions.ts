import { LambdaEventSourceMapping } from "@cdktf/provider-aws/lib/lambda-event-source-mapping";
import {
  consumedQueues,
  functionNames,
  queues,
  type FunctionName,
  type QueueName,
} from "@serverless-tasks/functions/service";
import type { Construct } from "constructs";
import { timeoutSecondsOf } from "../../config/function-timeout";
import { eachOf } from "../../shared/each-of";
import { baseVariables, serviceFunction, type FunctionContext } from "../lambda/function-settings";
import type { ServiceFunction } from "../lambda/service-function";
import { apiFunction } from "./api";
import { producerFunction } from "./producer";
import { workerFunction } from "./worker";

type Build = (scope: Construct, context: FunctionContext) => ServiceFunction;

/** Functions with variables or triggers of their own. */
const own: Readonly<Partial<Record<FunctionName, Build>>> = {
  api: apiFunction,
  worker: workerFunction,
  producer: producerFunction,
};

/** Every function of functions/service.ts, with the queues that it consumes as its event sources. */
export const serviceFunctions = (scope: Construct, context: FunctionContext) =>
  eachOf(functionNames, (name) => {
    const built = (own[name] ?? declaredFunction(name))(scope, context);
    for (const queue of consumedQueues(name)) eventSource(scope, queue, built, context);
    return built;
  });

/** A function to which nothing is added. */
const declaredFunction =
  (name: FunctionName): Build =>
  (scope, context) =>
    serviceFunction(scope, name, context, {
      environment: baseVariables(name, context),
      invocation: "synchronous",
      timeoutSeconds: timeoutSecondsOf(context.config, name),
    });

function eventSource(
  scope: Construct,
  queue: QueueName,
  { live }: ServiceFunction,
  { config, infra }: FunctionContext,
): void {
  const { name, consumer } = queues[queue];
  const { batch_size, maximum_concurrency } = config.app[consumer];
  new LambdaEventSourceMapping(scope, `${consumer}-${name}`, {
    eventSourceArn: infra[`${queue}_queue_arn`],
    functionName: live.arn,
    batchSize: batch_size,
    maximumBatchingWindowInSeconds: config.infra[`${queue}_queue`].batching_window_seconds,
    // SQS redelivers only the messages that the function reports as failed.
    functionResponseTypes: ["ReportBatchItemFailures"],
    scalingConfig: { maximumConcurrency: maximum_concurrency },
    // A failover turns it on and off: Terraform only creates it so.
    ...(config.core.recovery && {
      enabled: config.standbyOf === undefined,
      lifecycle: { ignoreChanges: ["enabled"] },
    }),
  });
}
