import type { Construct } from "constructs";
import { coreOutputs, presentCoreOutputs } from "../10_core/outputs";
import { LayerStack } from "../shared/layer-stack";
import type { EnvironmentConfig } from "../config/environment-config";
import { remoteState } from "../shared/state-backend";
import { publish, readOutputs } from "../shared/state-contract";
import { eventDeadLetterQueue } from "./event-dead-letter-queue";
import { HttpApi } from "./http-api";
import { infraOutputs } from "./outputs";
import { scheduleRules } from "./schedule-rules";
import { schedules } from "./schedules";
import { TaskQueue } from "./task-queue";
import { taskSecretArns } from "./task-secrets";
import { taskTable } from "./task-table";

/** The platform services that the functions use: HTTP API, queues, rules, secrets and, when tfvars enable it, the table. */
export class InfraStack extends LayerStack {
  constructor(scope: Construct, config: EnvironmentConfig) {
    super(scope, "infra", config);
    const { nameOf } = this;
    const { http_api, task_queue, secrets, table } = config.infra;
    const core = readOutputs(
      remoteState(this, "core", config.backends.core),
      coreOutputs,
      presentCoreOutputs(config.core),
    );
    const keyArn = core.key_arn;

    this.configureProvider(core.tags.all);
    const { api } = new HttpApi(this, "http-api", {
      name: nameOf("api"),
      config: http_api,
      logRetentionDays: core.log_retention_days,
      keyArn,
    });
    const tasks = new TaskQueue(this, "task-queue", { nameOf, awsContext: core, config: task_queue, keyArn });
    const undelivered = eventDeadLetterQueue(this, { nameOf, awsContext: core, keyArn });
    const rules = scheduleRules(this, nameOf, schedules(config.infra));
    const stored = table.enabled
      ? taskTable(this, { name: nameOf("tasks"), config: table, keyArn })
      : undefined;

    publish(this, infraOutputs, {
      api_id: api.id,
      api_endpoint: api.apiEndpoint,
      api_execution_arn: api.executionArn,
      task_queue_url: tasks.queue.url,
      task_queue_arn: tasks.queue.arn,
      task_dead_letter_queue_url: tasks.deadLetterQueue.url,
      task_dead_letter_queue_arn: tasks.deadLetterQueue.arn,
      event_dead_letter_queue_url: undelivered.url,
      event_dead_letter_queue_arn: undelivered.arn,
      rule_names: Object.fromEntries([...rules].map(([name, rule]) => [name, rule.name])),
      rule_arns: Object.fromEntries([...rules].map(([name, rule]) => [name, rule.arn])),
      secret_arns: taskSecretArns(this, { nameOf, config: secrets, keyArn }),
      table_name: stored?.name,
      table_arn: stored?.arn,
    });
  }
}
