import type { RdsCluster } from "@cdktf/provider-aws/lib/rds-cluster";
import type { StoreConfig } from "../../config/schemas/store";
import { metricsOf, type AlarmDefinitions, type Alarms } from "../../shared/alarms";
import { maxConnections } from "./database-names";

/** Above this share the next peak is throttled, or refused. */
const nearLimit = 0.8;

/** Adds the alarms of the cluster, and its metrics on the dashboard. */
export function addDatabaseAlarms(
  cluster: RdsCluster,
  name: string,
  alarms: Alarms,
  config: StoreConfig,
): void {
  const metric = metricsOf("AWS/RDS", { DBClusterIdentifier: name });
  const definitions: AlarmDefinitions = {
    "database-capacity": {
      summary: "PostgreSQL is near its most capacity, so that queries become slow",
      ...{ metrics: [metric("ACUUtilization", "Maximum")], above: 100 * nearLimit, datapoints: [3, 5] },
    },
    "database-connections": {
      summary: "PostgreSQL is near its most connections, above which it refuses functions",
      ...{ metrics: [metric("DatabaseConnections", "Maximum")], datapoints: [2, 3] },
      above: Math.floor(nearLimit * maxConnections(config)),
      symptom: true,
    },
    deadlocks: {
      summary: "Transactions block each other, and PostgreSQL ends one of them",
      ...{ metrics: [metric("Deadlocks")], above: 0 },
    },
  };
  alarms.add(cluster, name, definitions, {
    "capacity in ACUs (cost)": [metric("ServerlessDatabaseCapacity", "Average")],
    "stored bytes (cost)": [metric("VolumeBytesUsed", "Average")],
  });
}
