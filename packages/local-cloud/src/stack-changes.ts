import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import * as z from "zod";

const block = z.record(z.string(), z.unknown());
const stack = z.looseObject({ resource: z.record(z.string(), z.record(z.string(), block)).default({}) });
type Stack = z.output<typeof stack>;

const readStack = (folder: string, id: string): Stack =>
  stack.parse(JSON.parse(readFileSync(join(folder, "stacks", id, "cdk.tf.json"), "utf8")));

/** Attributes of a function that a hot update changes. */
const hotAttributes = ["source_code_hash", "filename"];

/**
 * What Terraform would change, from two syntheses of the same stacks: `aws_lambda_function worker: environment`. The code of
 * functions is not compared.
 * @param before folder of the synthesis that was applied
 */
export const stackChanges = (before: string, after: string, stackIds: readonly string[]): string[] =>
  stackIds.flatMap((id) => changesOf(id, readStack(before, id), readStack(after, id)));

function changesOf(id: string, before: Stack, after: Stack): string[] {
  const addresses = new Map(
    [...resourcesOf(before), ...resourcesOf(after)].map(({ address, label }) => [address, label]),
  );
  const [old, now] = [before, after].map(
    (each) => new Map(resourcesOf(each).map((found) => [found.address, found.attributes])),
  );
  const resources = [...addresses].flatMap(([address, label]) => {
    const [was, is] = [old?.get(address), now?.get(address)];
    if (was === undefined) return [`${label}: new`];
    if (is === undefined) return [`${label}: removed`];
    const names = differences(was, is).filter(
      (name) => !(label.startsWith("aws_lambda_function ") && hotAttributes.includes(name)),
    );
    return names.length === 0 ? [] : [`${label}: ${names.join(", ")}`];
  });
  const sections = differences(before, after).filter((name) => !["resource", "//"].includes(name));
  return [...resources, ...sections.map((name) => `${id}: ${name}`)];
}

function resourcesOf({ resource }: Stack) {
  return Object.entries(resource).flatMap(([type, ofType]) =>
    Object.entries(ofType).map(([name, attributes]) => ({
      address: `${type}.${name}`,
      label: `${type} ${[attributes.name, attributes.function_name].find((value) => typeof value === "string") ?? name}`,
      attributes,
    })),
  );
}

const differences = (one: Readonly<Record<string, unknown>>, other: Readonly<Record<string, unknown>>) =>
  [...new Set([...Object.keys(one), ...Object.keys(other)])].filter(
    (name) => !isDeepStrictEqual(one[name], other[name]),
  );
