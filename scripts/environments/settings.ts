import * as z from "zod";
import type { EnvironmentConfig } from "../../deploy/config/environment-config";
import { displayPath, tfvarsPath } from "../../deploy/config/environments";
import { appConfig } from "../../deploy/config/schemas/app";
import { backendConfig } from "../../deploy/config/schemas/backend";
import { coreConfig } from "../../deploy/config/schemas/core";
import { infraConfig } from "../../deploy/config/schemas/infra";
import { layers } from "../../deploy/shared/layers";

/** A setting with its value in each environment. */
export interface Setting {
  /** `deploy/10_core/environments/<environment>/terraform.tfvars` */
  readonly file: string;
  /** `encryption.customer_managed_key` */
  readonly key: string;
  /** Its value in each environment, as in tfvars; undefined where it is not set. */
  readonly values: readonly (string | undefined)[];
  /** The description in its schema, or in the schema of the closest enclosing map. */
  readonly description: string | undefined;
}

type Leaves = ReadonlyMap<string, string>;

/** Every value that is not a map, by its dotted path. */
function leaves(value: unknown, path = ""): (readonly [string, string])[] {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return value === undefined ? [] : [[path, JSON.stringify(value)]];
  return Object.entries(value).flatMap(([key, each]) => leaves(each, path === "" ? key : `${path}.${key}`));
}

/** The description of the setting at a path of a schema, or of the closest enclosing map. */
export function descriptionOf(
  schema: z.core.$ZodType,
  [name, ...inner]: readonly string[],
  around?: string,
): string | undefined {
  const description = z.globalRegistry.get(schema)?.description ?? around;
  if (
    schema instanceof z.core.$ZodOptional ||
    schema instanceof z.core.$ZodDefault ||
    schema instanceof z.core.$ZodPrefault
  )
    return descriptionOf(schema._zod.def.innerType, name === undefined ? [] : [name, ...inner], description);
  if (name === undefined) return description;
  const next =
    schema instanceof z.core.$ZodObject
      ? schema._zod.def.shape[name]
      : schema instanceof z.core.$ZodRecord && schema._zod.def.valueType;
  return next ? descriptionOf(next, inner, description) : description;
}

const schemas = { core: coreConfig, infra: infraConfig, app: appConfig };

/** All settings of all environments, in the order of the files. */
export function settings(environments: readonly EnvironmentConfig[]): Setting[] {
  const anyOf = "<environment>";
  const files = [
    ...layers.map((layer) => ({
      path: tfvarsPath(layer, anyOf, "terraform"),
      schema: schemas[layer],
      configs: environments.map((each): unknown => each[layer]),
    })),
    ...layers.map((layer) => ({
      path: tfvarsPath(layer, anyOf, "backend"),
      schema: backendConfig,
      configs: environments.map(({ backends }): unknown => backends[layer]),
    })),
  ];
  return files.flatMap(({ path, schema, configs }) => {
    const all = configs.map((config): Leaves => new Map(leaves(config)));
    // In the order of the environment with the most settings.
    const keys = new Set(
      [...all].sort((one, other) => other.size - one.size).flatMap((each) => [...each.keys()]),
    );
    return [...keys].map((key): Setting => ({
      file: displayPath(path),
      key,
      values: all.map((each) => each.get(key)),
      description: descriptionOf(schema, key.split(".")),
    }));
  });
}

/** Whether environments have different values. */
export const differs = ({ values }: Setting): boolean => new Set(values).size > 1;
