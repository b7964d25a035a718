import * as z from "zod";
import { layers } from "../../deploy/shared/layers";
import type { EnvironmentConfig } from "../../deploy/config/environment-config";
import { namePrefix } from "../../deploy/shared/naming";
import { synthesize } from "../../deploy/testing/synthesize";

/** A value that differs between two environments; undefined where it does not exist. */
export interface Difference {
  /** `infra aws_dynamodb_table.task-table` */
  readonly resource: string;
  /** `deletion_protection_enabled`; empty for a resource of only one environment. */
  readonly attribute: string;
  readonly values: readonly [string | undefined, string | undefined];
}

type Leaves = ReadonlyMap<string, string>;

const named = z.looseObject({ Sid: z.string() });

/** The JSON document in a string, or the value itself. */
function unfolded(value: unknown): unknown {
  if (typeof value !== "string" || !/^[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/** Every value that is not a map, by its path; a policy statement is one value, by its Sid. */
function leaves(value: unknown, path: string): (readonly [string, string])[] {
  const inner = unfolded(value);
  if (typeof inner !== "object" || inner === null) return [[path, String(inner)]];
  const statement = named.safeParse(inner);
  const isPlainList = Array.isArray(inner) && inner.every((each) => typeof each !== "object");
  if (statement.success || isPlainList) return [[path, JSON.stringify(inner)]];
  return Object.entries(inner).flatMap(([key, each]: [string, unknown]) => {
    const sid = named.safeParse(each).data?.Sid;
    return leaves(each, [path, sid ?? key].filter((part) => part !== "").join("."));
  });
}

const remoteState = "terraform_remote_state";

/** cdktf's metadata, and dependencies, which follow from the resources. */
const incidental = /^(\/\/|depends_on)(\.|$)/;

/** The attributes of an environment's resources for AWS, without its name and account. */
function resources(config: EnvironmentConfig): Map<string, Leaves> {
  const prefix = namePrefix(config);
  const backends = Object.values(config.backends);
  const own: (readonly [string, string])[] = [
    // In policies. Replaced first, since these names contain the others.
    ...backends.map(({ bucket }) => [bucket, "<state bucket>"] as const),
    ...backends.map((backend) => [backend.dynamodb_table, "<lock table>"] as const),
    ...config.core.allowed_account_ids.map((id) => [id, "<account>"] as const),
  ];
  const withoutNames = (text: string) =>
    own
      .reduce((result, [name, kind]) => result.replaceAll(name, kind), text)
      .replaceAll(prefix, "<prefix>")
      .replace(new RegExp(`^${config.name}$`), "<environment>")
      .replaceAll(`environment:${config.name}`, "environment:<environment>")
      .replaceAll(JSON.stringify(config.name), '"<environment>"');
  const stacks = synthesize(config);
  const found = new Map<string, Leaves>();
  const add = (resource: string, attributes: unknown) => {
    const values = leaves(attributes, "").filter(([path]) => !incidental.test(path));
    found.set(resource, new Map(values.map(([path, text]) => [path, withoutNames(text)])));
  };
  for (const layer of layers) {
    const { output, provider, resource, data } = stacks[layer].json;
    const published = Object.entries(output).map(([name, { value }]) => [name, value]);
    add(`${layer} outputs`, Object.fromEntries(published));
    // The region, and the tags of everything.
    add(`${layer} provider`, provider.aws[0]);
    const addAll = (kind: string, byType: typeof resource) => {
      for (const [type, all] of Object.entries(byType))
        for (const [id, attributes] of Object.entries(all))
          add(`${layer} ${kind}${type}.${id.replace(/_[0-9A-F]{8}$/, "")}`, attributes);
    };
    addAll("", resource);
    // The location of the state is not applied.
    addAll("data.", Object.fromEntries(Object.entries(data).filter(([type]) => type !== remoteState)));
  }
  return found;
}

const sortedUnion = (one: Iterable<string>, other: Iterable<string>) =>
  [...new Set([...one, ...other])].sort();

/** The differences between the stacks of two environments for AWS, except names and accounts. */
export function differences(one: EnvironmentConfig, other: EnvironmentConfig): Difference[] {
  const [left, right] = [resources(one), resources(other)];
  return sortedUnion(left.keys(), right.keys()).flatMap((resource): Difference[] => {
    const [ours, theirs] = [left.get(resource), right.get(resource)];
    if (ours === undefined || theirs === undefined) {
      const there = (leaf: Leaves | undefined) => (leaf === undefined ? undefined : "there");
      return [{ resource, attribute: "", values: [there(ours), there(theirs)] }];
    }
    return sortedUnion(ours.keys(), theirs.keys()).flatMap((attribute) => {
      const values = [ours.get(attribute), theirs.get(attribute)] as const;
      return values[0] === values[1] ? [] : [{ resource, attribute, values }];
    });
  });
}
