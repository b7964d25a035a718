/**
 * Sets a value in tfvars. A setting that the file does not have is added: the schemas of deploy/config refuse unknown
 * names.
 * @param setting its name, prefixed by its object's: `worker.memory_mb`
 * @param value an HCL expression; undefined removes the setting
 * @throws {Error} when the file does not have the object
 */
export function withSetting(tfvars: string, setting: string, value: string | undefined): string {
  const [name = "", object] = setting.split(".").reverse();
  const indent = object === undefined ? "" : " *";
  // An object or a list may have several lines.
  const former = new RegExp(`^(${indent})${name} *= *(?:\\{\\n[^]*?^\\1\\}|\\[[^\\]]*\\]|.*).*\\n`, "m");
  const line = value === undefined ? "" : `${name} = ${value}\n`;
  const withLine = (settings: string) => line + settings.replace(former, "");
  if (object === undefined) return withLine(tfvars);
  const block = new RegExp(`(?<=^${object} *= *\\{\\n)[^]*?(?=^\\})`, "m");
  if (!block.test(tfvars)) throw new Error(`Expected an object ${object} in the tfvars, found:\n${tfvars}`);
  return tfvars.replace(block, withLine);
}
