import type { Apigatewayv2Api } from "@cdktf/provider-aws/lib/apigatewayv2-api";
import { DataAwsKmsAlias } from "@cdktf/provider-aws/lib/data-aws-kms-alias";
import { bucketNames, queueNames, tableNames } from "@serverless-tasks/functions/service";
import type { Construct } from "constructs";
import { coreOutputs, presentCoreOutputs } from "../10_core/outputs";
import { LayerStack } from "../shared/layer-stack";
import type { EnvironmentConfig } from "../config/environment-config";
import { hasPostgres } from "../config/task-store";
import { standbyConfig } from "../config/standby-config";
import { remoteState } from "../shared/state-backend";
import { edgeRegion } from "../shared/edge-region";
import { namePrefix } from "../shared/naming";
import { mapOf, outputValues } from "../shared/each-of";
import { publish, readOutputs } from "../shared/state-contract";
import { Cache } from "./cache/cache";
import { DeclaredBucket } from "./declared-bucket";
import { declaredTable, declaredTableReplica } from "./declared-table";
import type { ReplicaTable, TableReplica } from "./encrypted-table";
import { healthCheck } from "./domain/health-check";
import type { FailoverRecord } from "./domain/hosted-zone";
import { ApiDomain } from "./domain/api-domain";
import { Edge } from "./edge/edge";
import { eventDeadLetterQueue } from "./event-dead-letter-queue";
import { HttpApi } from "./http-api";
import { Network } from "./network/network";
import { infraOutputs } from "./outputs";
import { Database } from "./store/database";
import { scheduleRules } from "./schedule-rules";
import { schedules } from "./schedules";
import { taskSecretArns } from "./task-secrets";
import { taskTable, taskTableReplica } from "./task-table";
import { WorkQueue } from "./work-queue";

/** The platform services that the functions use: HTTP API, queues, rules, secrets and, when tfvars enable it, the table. */
export class InfraStack extends LayerStack {
  constructor(scope: Construct, config: EnvironmentConfig) {
    super(scope, "infra", config);
    const { nameOf } = this;
    const { recovery } = config.core;
    const isStandby = config.standbyOf !== undefined;
    const { http_api, domain: domainConfig, secrets, table } = config.infra;
    const {
      edge: edgeConfig,
      network: networkConfig,
      store,
      cache: cacheConfig,
      alarms: thresholds,
    } = config.infra;
    const core = readOutputs(
      remoteState(this, "core", config.backends.core),
      coreOutputs,
      presentCoreOutputs(config),
    );
    const keyArn = core.key_arn;

    this.configureProvider(core.tags.all);
    const alarms = this.alarms(core.alarm_topic_arn, core.region);
    const { api, stage } = new HttpApi(this, "http-api", {
      name: nameOf("api"),
      config: http_api,
      logRetentionDays: core.log_retention_days,
      keyArn,
      alarms,
      thresholds,
      // Route 53 checks the health of a region by the URL of API Gateway: the name leads to either region.
      byNameOnly: domainConfig !== undefined && recovery === undefined,
    });
    const domain =
      domainConfig &&
      new ApiDomain(this, "domain", {
        ...{ config: domainConfig, apiId: api.id, stage: stage.name },
        isValidated: isStandby,
      });
    const declared = { nameOf, namePrefix: namePrefix(config), awsContext: core, keyArn, alarms, thresholds };
    const queues = mapOf(queueNames, (name) => {
      return new WorkQueue(this, name, { ...declared, config: config.infra[`${name}_queue`] });
    });
    const undelivered = eventDeadLetterQueue(this, { nameOf, awsContext: core, keyArn, alarms });
    const rules = scheduleRules(this, {
      ...{ nameOf, schedules: schedules(config.infra), alarms },
      failsOver: recovery !== undefined,
      standby: isStandby,
    });
    const replica = this.replica(config, core.tags.all);
    const tableOf = { ...declared, config: table, replica };
    const taskTableOf = isStandby ? taskTableReplica : taskTable;
    const stored = table.enabled ? taskTableOf(this, { ...tableOf, name: nameOf("tasks") }) : undefined;
    const declaredTableOf = isStandby ? declaredTableReplica : declaredTable;
    const tables = mapOf(tableNames, (name): ReplicaTable => declaredTableOf(this, name, tableOf));
    const buckets = mapOf(bucketNames, (name) => {
      return new DeclaredBucket(this, name, { ...declared, isProtected: config.core.protected });
    });

    const global = domainConfig && this.edgeProvider(core.tags.all);
    const edgeParts = edgeConfig &&
      global && {
        global,
        alarms: this.alarms(core.edge_alarm_topic_arn ?? core.alarm_topic_arn, edgeRegion, global),
      };
    const edge =
      edgeParts && domain
        ? new Edge(this, "edge", {
            ...{ ...declared, core, config: edgeConfig, domain, domainConfig },
            ...edgeParts,
          })
        : undefined;
    if (domain)
      domain.zone.alias(domainConfig.name, edge?.target ?? domain.target, this.failover(config, api));
    const network =
      networkConfig &&
      new Network(this, "network", {
        ...{ ...declared, core, config: networkConfig },
        hasDatabase: hasPostgres(config.infra),
      });
    const database =
      network && store && hasPostgres(config.infra)
        ? new Database(this, "database", { nameOf, core, config: store, network, alarms })
        : undefined;

    const cache =
      network && cacheConfig
        ? new Cache(this, "cache", { nameOf, core, config: cacheConfig, network, alarms })
        : undefined;

    const unhealthyArn = alarms.compose(this, nameOf("infra-unhealthy"));

    publish(this, infraOutputs, {
      api_id: api.id,
      api_endpoint: api.apiEndpoint,
      api_execution_arn: api.executionArn,
      origin_secret_arn: edge?.originSecretArn,
      name_servers: domain?.zone.nameServers,
      subnet_ids: network?.subnetIds,
      functions_security_group_id: network?.securityGroupId,
      ...outputValues(queues, {
        queue_url: ({ queue }) => queue.url,
        queue_arn: ({ queue }) => queue.arn,
        dead_letter_queue_url: ({ deadLetterQueue }) => deadLetterQueue.url,
        dead_letter_queue_arn: ({ deadLetterQueue }) => deadLetterQueue.arn,
      }),
      event_dead_letter_queue_url: undelivered.url,
      event_dead_letter_queue_arn: undelivered.arn,
      rule_names: Object.fromEntries([...rules].map(([name, rule]) => [name, rule.name])),
      rule_arns: Object.fromEntries([...rules].map(([name, rule]) => [name, rule.arn])),
      secret_arns: taskSecretArns(this, { nameOf, config: secrets, keyArn }),
      table_name: stored?.name,
      table_arn: stored?.arn,
      ...outputValues(tables, { table_name: ({ name }) => name, table_arn: ({ arn }) => arn }),
      ...outputValues(buckets, { bucket_name: ({ name }) => name, bucket_arn: ({ arn }) => arn }),
      cache_url: cache?.url,
      database_url: database?.url,
      database_resource_id: database?.resourceId,
      database_secret_arn: database?.masterSecretArn,
      unhealthy_alarm_arn: unhealthyArn,
      dashboard_widgets:
        unhealthyArn &&
        [alarms, ...(edgeParts ? [edgeParts.alarms] : [])].map((each) => each.widgets).join(","),
    });
  }

  /** The second region's copies of the tables, which the first region's stack creates. */
  private replica(config: EnvironmentConfig, tags: Record<string, string>): TableReplica | undefined {
    const standby = standbyConfig(config);
    if (standby === undefined) return undefined;
    const { region, encryption } = standby.core;
    if (!encryption.customer_managed_key) return { region, keyArn: undefined };
    // Not an output of that region's core layer: its state is in that region.
    const alias = new DataAwsKmsAlias(this, "replica-key", {
      name: `alias/${namePrefix(config)}`,
      provider: this.providerOf(region, tags),
    });
    return { region, keyArn: alias.targetKeyArn };
  }

  /** The record that the API's name has in each of two regions: Route 53 returns the second's while the first's is unhealthy. */
  private failover({ core, standbyOf }: EnvironmentConfig, api: Apigatewayv2Api): FailoverRecord | undefined {
    if (core.recovery === undefined) return undefined;
    if (standbyOf !== undefined) return { type: "SECONDARY", healthCheckId: undefined };
    return { type: "PRIMARY", healthCheckId: healthCheck(this, this.nameOf("health"), api.apiEndpoint).id };
  }
}
