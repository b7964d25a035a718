import type { Construct } from "constructs";
import type { InfraConfig } from "../config/schemas/infra";
import { metricsOf, type AlarmDefinitions, type Alarms, type Metric } from "../shared/alarms";

export interface TableAlarmsProps {
  readonly name: string;
  readonly alarms: Alarms;
  readonly thresholds: InfraConfig["alarms"];
  readonly indexNames: readonly string[];
  /** The region that the table replicates to. */
  readonly receivingRegion: string | undefined;
}

/** Adds the alarms of a table, and its metrics on the dashboard. */
export function addTableAlarms(scope: Construct, props: TableAlarmsProps): void {
  const metric = (metricName: string, dimensions = {}) =>
    metricsOf("AWS/DynamoDB", { TableName: props.name, ...dimensions })(metricName);
  props.alarms.add(scope, props.name, tableAlarms(metric, props), {
    "consumed units (cost)": [metric("ConsumedReadCapacityUnits"), metric("ConsumedWriteCapacityUnits")],
  });
}

/** AWS replicates within a second or two, usually: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_HowItWorks.html */
const latestReplicationMilliseconds = 60_000;

/** DynamoDB reports system errors by operation only: those that the functions call. */
const operations = ["BatchGetItem", "GetItem", "PutItem", "Query", "TransactWriteItems", "UpdateItem"];

function tableAlarms(
  metric: (name: string, dimensions?: Metric["dimensions"]) => Metric,
  { thresholds, indexNames, receivingRegion }: TableAlarmsProps,
): AlarmDefinitions {
  const expression = "SUM(METRICS())";
  return {
    "table-throttles": {
      summary: "DynamoDB throttles requests to the table or an index",
      metrics: ["ReadThrottleEvents", "WriteThrottleEvents"].flatMap((name) => [
        metric(name),
        ...indexNames.map((GlobalSecondaryIndexName) => metric(name, { GlobalSecondaryIndexName })),
      ]),
      ...{ expression, above: thresholds.table_throttles, symptom: true },
    },
    "system-errors": {
      summary: "DynamoDB responds with internal errors",
      metrics: operations.map((Operation) => metric("SystemErrors", { Operation })),
      ...{ expression, above: 0, symptom: true },
    },
    "transaction-conflicts": {
      ...{ summary: "Transactions on the same tasks conflict", metrics: [metric("TransactionConflict")] },
      above: thresholds.table_transaction_conflicts,
    },
    ...(receivingRegion !== undefined && {
      "replication-latency": {
        summary: "Writes reach the second region late: a failover would lose them",
        metrics: [metric("ReplicationLatency", { ReceivingRegion: receivingRegion })],
        ...{ above: latestReplicationMilliseconds, datapoints: [3, 5] as [number, number] },
      },
    }),
  };
}
