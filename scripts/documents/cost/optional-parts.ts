import { isGatewayService } from "../../../deploy/config/schemas/network";
import type { EnvironmentConfig } from "../../../deploy/config/environment-config";
import type { InfraConfig } from "../../../deploy/config/schemas/infra";
import type { Priced } from "../../../packages/aws-prices/src/prices";
import { hasPostgres } from "../../../deploy/config/task-store";
import { gigabyte, hoursOfAMonth, million } from "./units";

type Parts = Pick<InfraConfig, "cache" | "domain" | "edge" | "network" | "store">;

/** What the requests of a month are for the parts that count them. */
export interface Traffic {
  readonly requests: number;
  /** Calls of the functions to AWS services. */
  readonly calls: number;
  readonly tasks: number;
  /** What the tasks take in the store at the end of the month. */
  readonly storedGigabytes: number;
}

/** A call of a service with its response; a response of the API, with its headers. */
const [bytesOfACall, bytesOfAResponse] = [4_096, 2_048];
/** An entry for each connection and ten minutes; calls share connections. */
const flowLogBytesOfACall = 20;

/** The rules of the web ACL: four managed groups, and the rate of each address. */
export const webAclRules = 5;
/** The metrics of the edge's alarms. */
export const edgeAlarmMetrics = 2;

/** What ElastiCache bills when there is less. */
const leastCacheGigabytes = 0.1;
/** The metrics of the database's alarms, and of the function that migrates it. */
const databaseAlarmMetrics = 3 + 4;
/** Writes and reads of pages by the statements of a task, its indexes and its log. */
const databaseRequestsOfATask = 30;

const interfaceEndpoints = ({ network }: Parts) =>
  (network?.endpoints ?? []).filter((service) => !isGatewayService(service)).length;

/** The metrics that the alarms of the optional parts evaluate. */
export const metricsOfParts = (parts: Parts): number =>
  (hasPostgres(parts) ? databaseAlarmMetrics : 0) +
  (parts.cache === undefined ? 0 : 1) +
  interfaceEndpoints(parts) +
  (parts.edge === undefined ? 0 : edgeAlarmMetrics);

/** What the domain, the edge and the network of an environment cost a month: service, price and quantity. */
export function optionalLines(
  { infra, app }: EnvironmentConfig,
  { requests, calls, tasks, storedGigabytes }: Traffic,
): (readonly [service: string, price: Priced, quantity: number])[] {
  const { cache, domain, edge, network, store } = infra;
  const endpoints = interfaceEndpoints(infra);
  const calledInside = app.in_network ? calls : 0;
  return [
    ...(domain?.create_zone === true ? ([["Route 53", "hostedZones", 1]] as const) : []),
    ...(edge === undefined
      ? []
      : ([
          ["CloudFront", "edgeRequests", requests / million],
          ["CloudFront", "edgeGigabytes", (requests * bytesOfAResponse) / gigabyte],
          ["CloudFront", "edgeFunctions", requests / million],
          ["CloudFront", "edgeValues", requests / million],
          ["WAF", "webAcls", 1],
          ["WAF", "webAclRules", webAclRules],
          ["WAF", "webAclRequests", requests / million],
          ["Secrets Manager", "secrets", 1],
        ] as const)),
    ...(cache === undefined
      ? []
      : ([
          ["ElastiCache", "cacheStorage", leastCacheGigabytes * hoursOfAMonth],
          ["ElastiCache", "cacheUnits", requests / million],
        ] as const)),
    ...(store?.kind === "postgres"
      ? ([
          // Idle: a cluster that pauses costs less, and one with traffic more.
          ["Aurora", "databaseCapacity", store.min_capacity * store.instances * hoursOfAMonth],
          ["Aurora", "databaseStorage", storedGigabytes],
          ["Aurora", "databaseRequests", (tasks * databaseRequestsOfATask) / million],
          ["Secrets Manager", "secrets", 1],
        ] as const)
      : []),
    ...(network === undefined
      ? []
      : ([
          ["VPC endpoints", "endpointHours", endpoints * network.availability_zones.length * hoursOfAMonth],
          ["VPC endpoints", "endpointGigabytes", (calledInside * bytesOfACall) / gigabyte],
          ["CloudWatch Logs", "logIngestion", (calledInside * flowLogBytesOfACall) / gigabyte],
        ] as const)),
  ];
}
