import { LambdaFunctionEventInvokeConfig } from "@cdktf/provider-aws/lib/lambda-function-event-invoke-config";
import type { ProducerEnvironment } from "@serverless-tasks/functions/producer/env";
import type { Construct } from "constructs";
import { messageLifetimeSeconds, visibilityTimeoutSeconds } from "../../20_infra/work-queue";
import type { EnvironmentConfig } from "../../config/environment-config";
import { storesTasks } from "../../config/task-store";
import type { AlarmDefinitions } from "../../shared/alarms";
import { commonVariables, serviceFunction, type FunctionContext } from "../lambda/function-settings";
import type { ServiceFunction } from "../lambda/service-function";
import { serviceMetric } from "../service-metrics";

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
  const sweepSeconds = 60 * config.infra.outbox.sweep_interval_minutes;
  const undelivered = infra.event_dead_letter_queue_arn;
  const producer = serviceFunction(scope, "producer", context, {
    environment,
    invocation: "asynchronous",
    heartbeatSeconds: storesTasks(config.infra) ? sweepSeconds : undefined,
    timeoutSeconds: config.app.producer.timeout_seconds,
    permissions: [
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
  if (storesTasks(config.infra))
    context.alarms.add(producer, context.nameOf("outbox"), outboxAlarms(config, sweepSeconds), {});
  return producer;
}

/** Two sweeps have not published a task: SQS or the sweep fails. */
const outboxAlarms = (config: EnvironmentConfig, sweepSeconds: number): AlarmDefinitions => ({
  "oldest-task": {
    summary: "Accepted tasks are not published to the queue",
    metrics: [serviceMetric(config, "OutboxOldestSeconds", "Maximum")],
    ...{ above: 2 * sweepSeconds, periodSeconds: sweepSeconds, symptom: true },
  },
});
