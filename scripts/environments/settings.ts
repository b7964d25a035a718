import { join } from "node:path";
import { displayPath, tfvarsPath } from "../../deploy/config/environments";
import { layers } from "../../deploy/shared/layers";
import type { EnvironmentConfig } from "../../deploy/config/environment-config";
import { root } from "../build/paths";
import { docstrings } from "./docstrings";

/** A setting that environments do not have in common. */
export interface Setting {
  /** Where it stands, `deploy/10_core/environments/<environment>/terraform.tfvars`. */
  readonly file: string;
  /** `encryption.customer_managed_key` */
  readonly key: string;
  /** Its value in each environment, as tfvars have it; none where it is left out. */
  readonly values: readonly (string | undefined)[];
  /** What its schema says of it; none when nothing does. */
  readonly description: string | undefined;
}

type Leaves = ReadonlyMap<string, string>;

/** Every value that is no map, by its dotted path. */
function leaves(value: unknown, path = ""): (readonly [string, string])[] {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return value === undefined ? [] : [[path, JSON.stringify(value)]];
  return Object.entries(value).flatMap(([key, each]) => leaves(each, path === "" ? key : `${path}.${key}`));
}

/** What is said of a setting, or of the closest map around it. */
function described(said: ReadonlyMap<string, string>, key: string): string | undefined {
  const outer = key.slice(0, Math.max(0, key.lastIndexOf(".")));
  return said.get(key) ?? (outer === "" ? undefined : described(said, outer));
}

/** What each environment says in a file, and the schema that it is read by. */
interface File {
  readonly file: string;
  readonly schema: string;
  readonly values: readonly unknown[];
}

function filesOf(environments: readonly EnvironmentConfig[]): File[] {
  const anyOf = "<environment>";
  const configs = layers.map((layer): File => {
    const file = displayPath(tfvarsPath(layer, anyOf, "terraform"));
    return {
      file,
      schema: join(root, "deploy/config/schemas", `${layer}.ts`),
      values: environments.map((each) => each[layer]),
    };
  });
  const backends = layers.map((layer): File => ({
    file: displayPath(tfvarsPath(layer, anyOf, "backend")),
    schema: join(root, "deploy/config/schemas/backend.ts"),
    values: environments.map(({ backends }) => backends[layer]),
  }));
  return [...configs, ...backends];
}

/** All settings of all environments, in the order of the files. */
export function settings(environments: readonly EnvironmentConfig[]): Setting[] {
  return filesOf(environments).flatMap(({ file, schema, values }) => {
    const said = docstrings(schema);
    const all = values.map((value): Leaves => new Map(leaves(value)));
    // In the order of the environment that says most, so that what another leaves out stands where it belongs.
    const keys = new Set(
      [...all].sort((one, other) => other.size - one.size).flatMap((each) => [...each.keys()]),
    );
    return [...keys].map((key): Setting => ({
      file,
      key,
      values: all.map((each) => each.get(key)),
      description: described(said, key),
    }));
  });
}

/** Whether environments have different values of it. */
export const differs = ({ values }: Setting): boolean => new Set(values).size > 1;
