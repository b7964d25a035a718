import * as z from "zod";
import { layers } from "../../deploy/shared/environments";
import type { EnvironmentConfig } from "../../deploy/shared/load-config";
import { namePrefix } from "../../deploy/shared/naming";
import { synthesize } from "../../deploy/testing/synthesize";

/** A value that two environments do not have in common; absent where there is none. */
export interface Difference {
  /** `infra aws_dynamodb_table.task-table` */
  readonly resource: string;
  /** `deletion_protection_enabled`; empty for a resource that only one has. */
  readonly attribute: string;
  readonly values: readonly [string | undefined, string | undefined];
}

type Leaves = ReadonlyMap<string, string>;

const named = z.looseObject({ Sid: z.string() });

/** A document inside a value, or the value. */
function unfolded(value: unknown): unknown {
  if (typeof value !== "string" || !/^[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/** Every value that is no map, by its path; a statement of a policy is one value, by its name. */
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

/** cdktf's own notes, and the order that follows from what there is. */
const incidental = /^(\/\/|depends_on)(\.|$)/;

/** What an environment's stacks hold for AWS, its own name and account left out. */
function resources(config: EnvironmentConfig): Map<string, Leaves> {
  const prefix = namePrefix(config);
  const withoutNames = (text: string) =>
    config.core.allowed_account_ids
      .reduce((said, id) => said.replaceAll(id, "<account>"), text)
      .replaceAll(prefix, "<prefix>")
      .replace(new RegExp(`^${config.name}$`), "<environment>")
      .replaceAll(`environment:${config.name}`, "environment:<environment>")
      .replaceAll(JSON.stringify(config.name), '"<environment>"');
  const stacks = synthesize(config);
  const found = new Map<string, Leaves>();
  const note = (resource: string, attributes: unknown) => {
    const values = leaves(attributes, "").filter(([path]) => !incidental.test(path));
    found.set(resource, new Map(values.map(([path, text]) => [path, withoutNames(text)])));
  };
  for (const layer of layers) {
    const { output, resource } = stacks[layer].json;
    const published = Object.entries(output).map(([name, { value }]) => [name, value]);
    note(`${layer} outputs`, Object.fromEntries(published));
    for (const [type, all] of Object.entries(resource))
      for (const [id, attributes] of Object.entries(all))
        note(`${layer} ${type}.${id.replace(/_[0-9A-F]{8}$/, "")}`, attributes);
  }
  return found;
}

const sortedUnion = (one: Iterable<string>, other: Iterable<string>) =>
  [...new Set([...one, ...other])].sort();

/** What differs between two environments on purpose, from what would be applied to AWS. */
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
