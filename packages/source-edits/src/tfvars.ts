import { settingOf } from "../../hcl-edit/src/setting";
import { exists } from "./errors";

/**
 * Adds an entry at the end of an object, which is added to the file if it is not there.
 * @param entry `name = value`, in one or more lines without indentation
 */
export function addEntry(file: string, tfvars: string, object: string, entry: string): string {
  const [name = ""] = entry.split(" =");
  if (settingOf(tfvars, `${object}.${name.replaceAll('"', "")}`) !== undefined)
    throw exists(`${object}.${name} in ${file}`);
  const indented = entry.trimEnd().replace(/^(?=.)/gm, "  ");
  // A single line: {} or { a = 1 }.
  const flat = new RegExp(`^${object} *= *\\{ *(.*?) *\\}$`, "m");
  const content = tfvars.replace(
    flat,
    (_, inner: string) => `${object} = {\n${inner === "" ? "" : `  ${inner}\n`}}`,
  );
  const block = new RegExp(`^(${object} *= *\\{\\n)([^]*?)(?=^\\})`, "m");
  if (!block.test(content)) return `${content.trimEnd()}\n\n${object} = {\n${indented}\n}\n`;
  return content.replace(block, (all) => `${all}${indented}\n`);
}
