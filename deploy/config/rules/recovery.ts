import { bucketNames, functionNames } from "@serverless-tasks/functions/service";
import { partitionOf } from "../../shared/aws-partition";
import { globalSuffix, naming } from "../../shared/naming";
import type { EnvironmentConfig } from "../environment-config";
import { standbyConfig } from "../standby-config";
import type { Rule } from "./rule";

/** The longest name of an IAM role. */
const longestRole = 64;
/** The longest name of a state bucket: that of its access log is longer. */
const longestBucket = 58;

/** The longest name of a function's role in the second region. */
function longestRoleName(config: EnvironmentConfig): string {
  const standby = standbyConfig(config);
  const [longest = ""] = functionNames
    .map((name) => `${naming(config)(name)}${standby ? globalSuffix(standby) : ""}`)
    .sort((one, other) => other.length - one.length);
  return longest;
}

/** The longest name of a state's bucket in the second region. */
function longestBucketName(config: EnvironmentConfig): string {
  const [longest = ""] = Object.values(standbyConfig(config)?.backends ?? {})
    .map(({ bucket }) => bucket)
    .sort((one, other) => other.length - one.length);
  return longest;
}

const recoveryRule = (
  code: string,
  path: string,
  holds: Rule["holds"],
  expected: Rule["expected"],
  found: Rule["found"],
): Rule => ({
  ...{ code, path, layer: "core", file: "terraform", expected, found },
  holds: (config) => config.core.recovery === undefined || holds(config),
});

const regionOf = ({ core }: EnvironmentConfig) => core.recovery?.region ?? "";

/** Conditions on the second region, which is optional. */
export const recoveryRules: readonly Rule[] = [
  recoveryRule(
    "recovery-in-same-region",
    "recovery.region",
    (config) => regionOf(config) !== config.core.region,
    ({ core }) => `another region than ${core.region}, which is the environment's`,
    regionOf,
  ),
  recoveryRule(
    "recovery-in-other-partition",
    "recovery.region",
    (config) => partitionOf(regionOf(config)) === partitionOf(config.core.region),
    ({ core }) =>
      `a region of the partition ${partitionOf(core.region)}, as ${core.region}: tables replicate, and roles are valid, in one partition only`,
    (config) => `${regionOf(config)}, of ${partitionOf(regionOf(config))}`,
  ),
  recoveryRule(
    "recovery-without-table",
    "recovery",
    ({ infra }) => infra.table.enabled,
    () => "no recovery, or table.enabled = true in deploy/20_infra: the table is what the second region gets",
    () => "table.enabled = false",
  ),
  recoveryRule(
    "recovery-with-edge",
    "recovery",
    ({ infra }) => infra.edge === undefined,
    () => "no recovery, or no edge in deploy/20_infra: CloudFront has the API of one region as its origin",
    () => "both",
  ),
  recoveryRule(
    "recovery-with-certificate",
    "recovery",
    ({ infra }) => infra.domain?.certificate_arn === undefined,
    () => "no recovery, or no domain.certificate_arn in deploy/20_infra: a certificate is of one region",
    ({ infra }) => String(infra.domain?.certificate_arn),
  ),
  recoveryRule(
    "recovery-with-network",
    "recovery",
    ({ infra }) => infra.network === undefined,
    () => "no recovery, or no network in deploy/20_infra: its subnets are in zones of one region",
    () => "both",
  ),
  recoveryRule(
    "recovery-with-buckets",
    "recovery",
    () => bucketNames.length === 0,
    () => "no recovery, or no bucket in functions/service.ts: objects are not replicated",
    () => bucketNames.join(", "),
  ),
  recoveryRule(
    "recovery-role-too-long",
    "recovery.region",
    (config) => longestRoleName(config).length <= longestRole,
    () => `names of roles of at most ${longestRole} characters; choose a shorter project or function name`,
    longestRoleName,
  ),
  recoveryRule(
    "recovery-bucket-too-long",
    "recovery.region",
    (config) => longestBucketName(config).length <= longestBucket,
    () =>
      `names of state buckets of at most ${longestBucket} characters; choose a shorter bucket in backend.tfvars`,
    longestBucketName,
  ),
];
