import { functionNames } from "@serverless-tasks/functions/service";
import { permissionsOf } from "@serverless-tasks/functions/permissions";
import type { FunctionPermissions } from "@serverless-tasks/functions/shared/runtime/permissions";
import { partitionOf } from "../../shared/aws-partition";
import { edgeRegion } from "../../shared/edge-region";
import type { EnvironmentConfig } from "../environment-config";
import { hasPostgres } from "../task-store";
import type { EndpointService } from "../schemas/network";
import type { Rule } from "./rule";

const infraRule = (rule: Omit<Rule, "layer" | "file">): Rule => ({
  layer: "infra",
  file: "terraform",
  ...rule,
});

const regionOf = (certificateArn: string) => certificateArn.split(":")[3] ?? "";
const accountOf = (certificateArn: string) => certificateArn.split(":")[4] ?? "";

/** A certificate is in the region of what uses it, and in an account of the environment. */
const certificateRule = (part: "domain" | "edge", regionFor: (config: EnvironmentConfig) => string): Rule => {
  const arnIn = ({ infra }: EnvironmentConfig) => infra[part]?.certificate_arn;
  return infraRule({
    code: `${part}-certificate-elsewhere`,
    path: `${part}.certificate_arn`,
    holds: (config) => {
      const arn = arnIn(config);
      if (arn === undefined) return true;
      return regionOf(arn) === regionFor(config) && config.core.allowed_account_ids.includes(accountOf(arn));
    },
    expected: (config) =>
      `a certificate in ${regionFor(config)}, of an account in allowed_account_ids (${config.core.allowed_account_ids.join(", ")})`,
    found: (config) => String(arnIn(config)),
  });
};

/**
 * The services whose APIs a function's own code calls. Lambda itself sends logs and traces, and the services call KMS:
 * these calls do not pass through the VPC.
 */
function calledServices(
  { queues, deadLetterQueues, table, queries, tables, buckets, secrets }: Required<FunctionPermissions>,
  hasTable: boolean,
): EndpointService[] {
  const some = (...of: readonly object[]) => of.some((each) => Object.keys(each).length > 0);
  return [
    ...(some(queues, deadLetterQueues) ? (["sqs"] as const) : []),
    ...(some(tables) || (hasTable && some(table, queries)) ? (["dynamodb"] as const) : []),
    ...(some(buckets) ? (["s3"] as const) : []),
    ...(some(secrets) ? (["secretsmanager"] as const) : []),
  ];
}

/** The services that the functions of an environment call. */
export const servicesOfFunctions = ({ infra }: EnvironmentConfig): EndpointService[] => [
  ...new Set([
    ...functionNames.flatMap((name) => calledServices(permissionsOf(name), infra.table.enabled)),
    // The migrations read the secret of the master user.
    ...(infra.edge?.closed_origin === true || hasPostgres(infra) ? (["secretsmanager"] as const) : []),
  ]),
];

const missingEndpoints = (config: EnvironmentConfig): EndpointService[] => {
  const { endpoints = [] } = config.infra.network ?? {};
  return config.app.in_network ? servicesOfFunctions(config).filter((name) => !endpoints.includes(name)) : [];
};

/** Endpoints for which the functions can have no permission, so that their policies would allow nothing. */
const uselessEndpoints = (config: EnvironmentConfig): EndpointService[] =>
  (config.infra.network?.endpoints ?? []).filter(
    (name) =>
      (name === "kms" && !config.core.encryption.customer_managed_key) ||
      (name === "s3" && !servicesOfFunctions(config).includes("s3")) ||
      (name === "dynamodb" && !servicesOfFunctions(config).includes("dynamodb")),
  );

const foreignZones = ({ core, infra }: EnvironmentConfig) =>
  (infra.network?.availability_zones ?? []).filter((zone) => zone.slice(0, -1) !== core.region);

/** Conditions on the domain, the edge and the network, which are optional. */
export const optionalPartRules: readonly Rule[] = [
  certificateRule("domain", ({ core }) => core.region),
  certificateRule("edge", () => edgeRegion),
  infraRule({
    code: "edge-without-domain",
    path: "edge",
    holds: ({ infra: { edge, domain } }) => edge === undefined || domain !== undefined,
    expected: () => "a domain, whose requests CloudFront receives",
    found: () => "none",
  }),
  infraRule({
    code: "edge-outside-partition",
    path: "edge",
    holds: ({ core, infra }) => infra.edge === undefined || partitionOf(core.region) === "aws",
    expected: () => `no edge, since its firewall is in ${edgeRegion}`,
    found: ({ core }) => `an edge and the region ${core.region}`,
  }),
  infraRule({
    code: "network-zone-of-other-region",
    path: "network.availability_zones",
    holds: (config) => foreignZones(config).length === 0,
    expected: ({ core }) => `zones of ${core.region}, the region of deploy/10_core`,
    found: (config) => foreignZones(config).join(", "),
  }),
  infraRule({
    code: "network-endpoint-missing",
    path: "network.endpoints",
    holds: (config) => config.infra.network === undefined || missingEndpoints(config).length === 0,
    expected: (config) =>
      `also ${missingEndpoints(config).join(", ")}, which the functions' permissions name, since in_network = true in deploy/30_app`,
    found: ({ infra: { network } }) => network?.endpoints.join(", ") ?? "none",
  }),
  infraRule({
    code: "network-endpoint-useless",
    path: "network.endpoints",
    holds: (config) => uselessEndpoints(config).length === 0,
    expected: () => "endpoints of services that the environment uses",
    found: (config) => uselessEndpoints(config).join(", "),
  }),
  {
    code: "functions-without-network",
    layer: "app",
    file: "terraform",
    path: "in_network",
    holds: ({ infra, app }) => !app.in_network || infra.network !== undefined,
    expected: () => "false, or a network in deploy/20_infra",
    found: () => "true",
  },
];
