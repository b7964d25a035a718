import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { replaceFile, type ImportedNames } from "../../packages/lambda-layer/src";
import { root } from "./paths";
import { memorySizeFiles } from "./shared-layer";

/** Where the code is that makes a layer, and the layer's own. */
const sources = ["scripts/build", "layers/dependencies", "packages/lambda-layer/src"];
/** What npm has installed, as it has written it down itself. */
const installed = "node_modules/.package-lock.json";

/**
 * The layer that a folder has from an earlier build, when one made now would be the same; made anew otherwise. A change
 * of a function that imports what it imported before does not wait for the layer.
 * @param make makes the layer's zip
 * @returns the zip
 */
export async function keptLayer(
  path: string,
  imports: ImportedNames,
  files: readonly string[],
  make: () => Promise<Uint8Array>,
): Promise<Uint8Array> {
  const inputs = hashOf(inputsOf(imports, files));
  const noted = `${path}.inputs`;
  if (existsSync(noted) && existsSync(path)) {
    const kept = readFileSync(path);
    // Whoever puts another zip there gets one that is made from what is here.
    if (readFileSync(noted, "utf8") === note(inputs, kept)) return kept;
  }
  const zip = await make();
  replaceFile(path, zip);
  replaceFile(noted, Buffer.from(note(inputs, zip)));
  return zip;
}

const note = (inputs: string, zip: Uint8Array) => `${inputs} ${hashOf([zip])}\n`;

const hashOf = (parts: readonly (string | Uint8Array)[]) => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(`${part.length}\n`).update(part);
  return hash.digest("hex");
};

/** Everything that decides what a layer is. */
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
