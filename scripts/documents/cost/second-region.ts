import { taskSecrets } from "@serverless-tasks/functions/worker/handlers";
import type { EnvironmentConfig } from "../../../deploy/config/environment-config";
import type { Priced } from "../../../packages/aws-prices/src/prices";
import { hoursOfAMonth } from "./units";

/**
 * Requests of Route 53 to `/health` of the first region: each of about 15 health checkers sends one every 10 s.
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-determining-health-of-endpoints.html
 */
const healthRequestsOfAMonth = 15 * 6 * 60 * hoursOfAMonth;

const hasHealthCheck = ({ core, infra }: EnvironmentConfig) =>
  core.recovery !== undefined && infra.domain !== undefined;

/** The requests that a second region adds to those of the first. */
export const healthRequests = (config: EnvironmentConfig): number =>
  hasHealthCheck(config) ? healthRequestsOfAMonth : 0;

/** What the second region repeats of the first. */
export interface Repeated {
  readonly writeUnits: number;
  readonly storedGigabytes: number;
  readonly recoverableGigabytes: number;
  readonly keys: number;
  readonly alarmMetrics: number;
}

/**
 * What a second region costs a month while it is off. Each write of the table and of its indexes is paid in both regions, at
 * the same price: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/global-tables-billing.html
 */
export function secondRegionLines(
  config: EnvironmentConfig,
  { writeUnits, storedGigabytes, recoverableGigabytes, keys, alarmMetrics }: Repeated,
): (readonly [service: string, price: Priced, quantity: number])[] {
  if (config.core.recovery === undefined) return [];
  return [
    ["DynamoDB", "tableWrites", writeUnits],
    ["DynamoDB", "tableStorage", storedGigabytes],
    ["DynamoDB", "tableRecovery", recoverableGigabytes],
    ["KMS", "keys", keys],
    ["Secrets Manager", "secrets", taskSecrets.length],
    ...(config.core.alarms_enabled
      ? ([
          ["CloudWatch", "alarmMetrics", alarmMetrics],
          ["CloudWatch", "compositeAlarms", 2],
          ["CloudWatch", "dashboards", 1],
        ] as const)
      : []),
    ...(hasHealthCheck(config)
      ? ([
          ["Route 53", "healthChecks", 1],
          ["Route 53", "healthCheckOptions", 2],
        ] as const)
      : []),
  ];
}
