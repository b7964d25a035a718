import { LambdaFunctionEventInvokeConfig } from "@cdktf/provider-aws/lib/lambda-function-event-invoke-config";
import type { ProducerEnvironment } from "@serverless-tasks/functions/producer/env";
import { producerPermissions } from "@serverless-tasks/functions/producer/permissions";
import type { Construct } from "constructs";
import { messageLifetimeSeconds, visibilityTimeoutSeconds } from "../../20_infra/task-queue";
import { dataPermissions } from "../lambda/data-permissions";
import { commonSettings, commonVariables, type FunctionContext } from "../lambda/function-settings";
import { ServiceFunction } from "../lambda/service-function";

/** A scheduled task that is an hour late is of no use: it goes to the dead-letter queue. */
export const eventMaximumAgeSeconds = 3600;

/** The producer, which rules invoke asynchronously. Events that it fails to process go to the events' dead-letter queue. */
export function producerFunction(scope: Construct, context: FunctionContext): ServiceFunction {
  const { config, infra } = context;
  const environment: ProducerEnvironment = {
    ...commonVariables("producer", context),
    REDELIVERY_SECONDS: String(visibilityTimeoutSeconds(config.infra.task_queue)),
    MESSAGE_LIFETIME_SECONDS: String(messageLifetimeSeconds(config.infra.task_queue)),
  };
  const undelivered = infra.event_dead_letter_queue_arn;
  const producer = new ServiceFunction(scope, "producer", {
    ...commonSettings("producer", context),
    description: "Submits scheduled tasks and republishes outbox entries",
    environment,
    timeoutSeconds: config.app.producer.timeout_seconds,
    permissions: [
      ...dataPermissions(producerPermissions, infra),
      { Sid: "SendFailedEvents", Effect: "Allow", Action: "sqs:SendMessage", Resource: undelivered },
    ],
  });
  new LambdaFunctionEventInvokeConfig(scope, "producer-invoke", {
    functionName: producer.function.functionName,
    qualifier: producer.live.name,
    maximumRetryAttempts: 2,
    maximumEventAgeInSeconds: eventMaximumAgeSeconds,
    // The only path for failed events: a dead-letter queue of the function would receive each of them in addition.
    // https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
    destinationConfig: { onFailure: { destination: undelivered } },
  });
  return producer;
}
