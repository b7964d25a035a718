import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { replaceFile } from "../../packages/lambda-layer/src/write-files";
import type { ImportedNames } from "../../packages/lambda-layer/src/imported-names";
import { root } from "./paths";
import { memorySizeFiles } from "./shared-layer";

/** Folders with the code that builds the layer, and the layer's sources. */
const sources = ["scripts/build", "layers/dependencies", "packages/lambda-layer/src"];
/** npm's own record of what is installed. */
const installed = "node_modules/.package-lock.json";

/**
 * Returns the layer of an earlier build if its inputs are unchanged, and builds it otherwise. A change of a function that
 * imports the same names does not rebuild the layer.
 * @param buildZip builds the layer's zip
 */
export async function cachedLayer(
  path: string,
  imports: ImportedNames,
  files: readonly string[],
  buildZip: () => Promise<Uint8Array>,
): Promise<Uint8Array> {
  const inputs = hashOf(inputsOf(imports, files));
  const recordFile = `${path}.inputs`;
  if (existsSync(recordFile) && existsSync(path)) {
    const cached = readFileSync(path);
    // The record has the zip's hash too: a zip that was replaced by hand is rebuilt.
    if (readFileSync(recordFile, "utf8") === record(inputs, cached)) return cached;
  }
  const zip = await buildZip();
  replaceFile(path, zip);
  replaceFile(recordFile, Buffer.from(record(inputs, zip)));
  return zip;
}

const record = (inputs: string, zip: Uint8Array) => `${inputs} ${hashOf([zip])}\n`;

const hashOf = (parts: readonly (string | Uint8Array)[]) => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(`${part.length}\n`).update(part);
  return hash.digest("hex");
};

/** Everything that the layer's content depends on. */
const inputsOf = (imports: ImportedNames, files: readonly string[]) => [
  JSON.stringify(
    [...imports].map(([name, names]) => [name, names === "everything" ? names : [...names].sort()]).sort(),
  ),
  JSON.stringify([...files].sort()),
  process.arch,
  readFileSync(join(root, installed)),
  ...memorySizeFiles().map((path) => readFileSync(path)),
  ...sources.flatMap((folder) =>
    readdirSync(join(root, folder), { withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.endsWith(".test.ts"))
      .map(({ name }) => readFileSync(join(root, folder, name))),
  ),
];
