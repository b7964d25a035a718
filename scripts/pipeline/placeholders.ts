import { taskSecrets } from "@serverless-tasks/functions/worker/handlers";
import { coreOutputs, presentCoreOutputs } from "../../deploy/10_core/outputs";
import { infraOutputs, presentInfraOutputs } from "../../deploy/20_infra/outputs";
import { schedules } from "../../deploy/20_infra/schedules";
import type { Layer } from "../../deploy/shared/layers";
import type { EnvironmentConfig } from "../../deploy/config/environment-config";
import type { Contract } from "../../deploy/shared/state-contract";
import { stackJson, type StackJson } from "./terraform-folder";

/** An account that does not exist marks values of placeholders in a plan. */
const account = "000000000000";

type PlaceholderState = Readonly<Record<string, { readonly value: unknown; readonly type: unknown }>>;

/** Placeholders for the outputs of a layer that was never applied, to plan the layers above. */
export function placeholderOutputs(layer: Layer, config: EnvironmentConfig): PlaceholderState {
  const [contract, isThere] = contractOf(layer, config);
  return Object.fromEntries(
    Object.entries(contract)
      .filter(([name, kind]) => !kind.startsWith("optional") || isThere(name))
      .map(([name, kind]) => [name, output(kind, name, config)]),
  );
}

function contractOf(layer: Layer, config: EnvironmentConfig): [Contract, (name: string) => boolean] {
  if (layer === "app") return [{}, () => false];
  const present: Readonly<Record<string, boolean>> =
    layer === "core" ? presentCoreOutputs(config) : presentInfraOutputs(config);
  return [layer === "core" ? coreOutputs : infraOutputs, (name) => present[name] === true];
}

type StringMaps<C extends Contract> = {
  [Name in keyof C]: C[Name] extends "string map" | "optional string map" ? Name : never;
}[keyof C];
type StringMapName = StringMaps<typeof coreOutputs> | StringMaps<typeof infraOutputs>;

const scheduleNames = ({ infra }: EnvironmentConfig) => schedules(infra).map(({ name }) => name);

/** The keys of every string map among the outputs. */
const keysOf: Readonly<Record<StringMapName, (config: EnvironmentConfig) => readonly string[]>> = {
  tags: () => ["Placeholder"],
  rule_names: scheduleNames,
  rule_arns: scheduleNames,
  secret_arns: () => taskSecrets,
  subnet_ids: ({ infra }) => infra.network?.availability_zones ?? [],
};
const isStringMap = (name: string): name is StringMapName => name in keysOf;

function output(kind: Contract[string], name: string, config: EnvironmentConfig) {
  if (kind === "number") return { value: config.core.log_retention_days, type: "number" };
  if (isStringMap(name)) {
    const entries = keysOf[name](config).map((key) => [key, value(name.replace(/s$/, ""), config)] as const);
    return { value: Object.fromEntries(entries), type: ["map", "string"] };
  }
  return { value: value(name, config), type: "string" };
}

/** A string in the format that the provider validates. */
function value(name: string, { core: { region } }: EnvironmentConfig): string {
  if (name === "account_id") return account;
  if (name === "region") return region;
  if (name === "partition") return "aws";
  if (name.endsWith("_url")) return `https://sqs.${region}.amazonaws.com/${account}/placeholder`;
  if (name.endsWith("policy_arn") || name === "permissions_boundary_arn")
    return `arn:aws:iam::${account}:policy/placeholder`;
  if (name.endsWith("role_arn")) return `arn:aws:iam::${account}:role/placeholder`;
  if (name === "key_arn") return placeholderKeyArn(region);
  if (name.endsWith("queue_arn")) return `arn:aws:sqs:${region}:${account}:placeholder`;
  if (name.endsWith("table_arn")) return `arn:aws:dynamodb:${region}:${account}:table/placeholder`;
  if (name.endsWith("secret_arn")) return `arn:aws:secretsmanager:${region}:${account}:secret:placeholder`;
  if (name.endsWith("rule_arn")) return `arn:aws:events:${region}:${account}:rule/placeholder`;
  if (name === "subnet_id") return "subnet-00000000000000000";
  if (name.endsWith("group_id")) return "sg-00000000000000000";
  if (name.endsWith("topic_arn")) return `arn:aws:sns:${region}:${account}:placeholder`;
  if (name.endsWith("_arn")) return `arn:aws:execute-api:${region}:${account}:placeholder`;
  return "placeholder";
}

const placeholderKeyArn = (region: string) =>
  `arn:aws:kms:${region}:${account}:key/00000000-0000-0000-0000-000000000000`;

/**
 * Replaces the key of a second region that does not exist yet, in the stack of the first: Terraform would fail to read it.
 * @param standby the configuration of the second region
 */
export function usePlaceholderKey(json: StackJson, standby: EnvironmentConfig): StackJson {
  const data = Object.fromEntries(
    Object.entries(json.data ?? {}).filter(([type]) => type !== "aws_kms_alias"),
  );
  const reference = /\$\{data\.aws_kms_alias\.[\w-]+\.target_key_arn\}/g;
  const replaced = JSON.stringify({ ...json, data }).replace(
    reference,
    placeholderKeyArn(standby.core.region),
  );
  return stackJson.parse(JSON.parse(replaced));
}

/** A state file with these outputs, for a `terraform_remote_state` with the backend `local`. */
export const placeholderState = (layer: Layer, config: EnvironmentConfig): string =>
  JSON.stringify({
    version: 4,
    terraform_version: "1.11.0",
    serial: 1,
    lineage: `placeholder-${layer}-${config.name}`,
    outputs: placeholderOutputs(layer, config),
    resources: [],
  });
