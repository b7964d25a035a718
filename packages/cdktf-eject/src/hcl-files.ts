import { block } from "./block";
import { expression } from "./expression";
import type { BlockSchema, ProviderSchemas } from "./provider-schema";
import { constructsOf, type StackJson, type Values } from "./stack";

/** Terraform's own blocks, which have only attributes. */
const plain: BlockSchema = { attributes: {} };

/**
 * Converts a stack to HCL.
 * @returns content by file name, to be formatted by `terraform fmt`
 */
export function hclFiles(stack: StackJson, schemas: ProviderSchemas): ReadonlyMap<string, string> {
  const files = new Map<string, string[]>();
  const add = (name: string, text: string) => files.set(name, [...(files.get(name) ?? []), text]);
  add("terraform", terraformBlock(stack.terraform));
  for (const [name, configurations] of Object.entries(stack.provider))
    for (const values of configurations)
      add("provider", block(`provider "${name}"`, values, schemas.provider(name)));
  for (const { type, name, values } of flat(stack.data))
    add("data", block(`data "${type}" "${name}"`, values, schemas.data(type)));
  const resources = flat(stack.resource);
  const conceptOf = conceptsOf(resources.map(({ values }) => values));
  for (const { type, name, values } of resources)
    add(conceptOf(values), block(`resource "${type}" "${name}"`, values, schemas.resource(type)));
  for (const { from, lifecycle } of stack.removed)
    add(
      "removed",
      `removed {\n  from = ${from}\n\n  lifecycle {\n    destroy = ${String(lifecycle.destroy)}\n  }\n}\n`,
    );
  for (const [name, values] of Object.entries(stack.output))
    add("outputs", block(`output "${name}"`, values, plain));
  return new Map([...files].map(([name, blocks]) => [`${name}.tf`, blocks.join("\n")]));
}

const flat = (byType: Readonly<Record<string, Readonly<Record<string, Values>>>>) =>
  Object.entries(byType).flatMap(([type, all]) =>
    Object.entries(all).map(([name, values]) => ({ type, name, values })),
  );

function terraformBlock({ required_version, required_providers, backend }: StackJson["terraform"]): string {
  const providers = Object.entries(required_providers).map(
    ([name, values]) => `${name} = ${expression(values)}\n`,
  );
  const backends = Object.entries(backend).map(([name, values]) => block(`backend "${name}"`, values, plain));
  return [
    "terraform {",
    `required_version = ${expression(required_version)}\n`,
    `required_providers {\n${providers.join("")}}\n`,
    `${backends.join("\n")}}\n`,
  ].join("\n");
}

/**
 * The file of each resource: named after the construct that contains it, or after the common prefix of resources
 * (`route-getTask`, `route-listTasks`: `route`).
 * @returns for a resource, the file's name without its extension
 */
function conceptsOf(resources: readonly Values[]): (resource: Values) => string {
  const paths = resources.map(constructsOf);
  const outer = new Set(paths.filter((path) => path.length > 1).map(([first = ""]) => first));
  const alone = paths.filter((path) => path.length === 1).map(([name = ""]) => name);
  const beginnings = alone.map(beginningOf);
  return (resource) => {
    const [first = "", ...inner] = constructsOf(resource);
    const beginning = beginningOf(first);
    const isShared = beginnings.filter((each) => each === beginning).length > 1;
    return inner.length === 0 && (outer.has(beginning) || isShared) ? beginning : first;
  };
}

const beginningOf = (name: string) => name.split("-")[0] ?? name;
