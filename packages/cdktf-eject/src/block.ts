import { expression, listOf, policyExpression, string } from "./expression";
import type { BlockSchema } from "./provider-schema";

export type Values = Readonly<Record<string, unknown>>;

/** Attributes that the AWS provider compares as JSON. */
const policies = new Set(["policy", "assume_role_policy", "redrive_policy", "redrive_allow_policy"]);

/** The schema of the block `lifecycle`, which every resource has. */
const lifecycle: BlockSchema = { attributes: {} };
/** The schema of a block `provisioner`, by the type of the provisioner; any resource may have some. */
const provisioner: BlockSchema = { attributes: {} };
/** Arguments whose addresses and attribute names are written without quotes. */
const bareLists = new Set(["depends_on", "ignore_changes", "replace_triggered_by"]);
const comment = "//";

/** `type "label" { … }` */
export const block = (header: string, values: Values, schema: BlockSchema): string =>
  `${header} {\n${indented(body(values, schema))}}\n`;

const indented = (text: string) => text.replace(/^(?=.)/gm, "  ");

function body(values: Values, schema: BlockSchema): string {
  const present = Object.entries(values).filter(([name, value]) => name !== comment && value !== null);
  const provisioners = bodies("provisioner", present.find(([name]) => name === "provisioner")?.[1] ?? []);
  const inner = (name: string) => (name === "lifecycle" ? lifecycle : schema.block_types?.[name]?.block);
  const attributes = present
    .filter(([name]) => inner(name) === undefined && name !== "provisioner")
    .map(([name, value]) => `${name} = ${attribute(name, value)}\n`);
  const blocks = present.flatMap(([name, value]) => {
    const blockSchema = inner(name);
    return blockSchema === undefined ? [] : bodies(name, value).map((each) => block(name, each, blockSchema));
  });
  const run = provisioners.flatMap((each) =>
    Object.entries(each).flatMap(([type, value]) =>
      bodies(type, value).map((arguments_) => block(`provisioner "${type}"`, arguments_, provisioner)),
    ),
  );
  return [attributes.join(""), ...blocks, ...run].filter((text) => text !== "").join("\n");
}

function attribute(name: string, value: unknown): string {
  if (bareLists.has(name)) return Array.isArray(value) ? listOf(value.map(String)) : String(value);
  if (typeof value === "string" && policies.has(name)) return policyExpression(value) ?? string(value);
  return expression(value);
}

/** Terraform's JSON syntax has an object for one block, a list of them for several. */
function bodies(name: string, value: unknown): Values[] {
  const all: readonly unknown[] = Array.isArray(value) ? value : [value];
  return all.map((each) => {
    if (typeof each !== "object" || each === null)
      throw new Error(`${name} is a block, found ${String(each)}`);
    return { ...each };
  });
}
