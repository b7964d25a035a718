import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { RdsCluster } from "@cdktf/provider-aws/lib/rds-cluster";
import type { IConstruct } from "constructs";
import { database } from "../20_infra/store/database-names";

/** The URL by which functions connect to a server on this machine. @param address `127.0.0.1:4567` */
export const localDatabaseUrl = (address: string): string =>
  `postgresql://${database.role}@${address}/${database.name}?sslmode=disable`;

/**
 * Points functions to the local PostgreSQL server: the emulator's cluster has none. It does not keep the log exports and
 * the pause of a cluster, which each plan would change again.
 * @param address `127.0.0.1:4567`; undefined without a local server
 */
export function adaptDatabase(node: IConstruct, address: string | undefined): void {
  if (node instanceof RdsCluster) {
    node.resetEnabledCloudwatchLogsExports();
    node.addOverride("serverlessv2_scaling_configuration.seconds_until_auto_pause", undefined);
  }
  if (address === undefined || !(node instanceof LambdaFunction)) return;
  const { variables = {} } = node.environmentInput ?? {};
  if (!("DATABASE_URL" in variables)) return;
  node.putEnvironment({ variables: { ...variables, DATABASE_URL: localDatabaseUrl(address) } });
}
