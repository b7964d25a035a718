import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { entryId } from "../es-modules";
import type { UnzippedLayer } from "./unzipped-layer";
import { exportedSpecifiers } from "./replacements";
import type { Suite } from "./suite";

/**
 * The installed package instead of a layer: a test that fails with both does not fail because of the layer, but for
 * example because the suite has another version.
 * @param ids of the layer's modules
 */
export function publishedPackage(
  { packageName, installed, installedIn }: Suite,
  ids: readonly string[],
  folder: string,
): UnzippedLayer {
  const modules = join(installedIn, "node_modules");
  const commonJs = ids.filter((id) => id.startsWith(`${packageName}/`)).map((id) => [id, join(modules, id)]);
  const { resolve } = createRequire(join(installedIn, "package.json"));
  const entries = exportedSpecifiers(packageName, installed)
    .filter((specifier) => ids.includes(entryId(specifier)))
    .map((specifier) => [entryId(specifier), resolve(specifier)]);
  const files = Object.fromEntries([...commonJs, ...entries]) as Readonly<Record<string, string>>;
  const vendor = join(folder, "published.cjs");
  writeFileSync(
    vendor,
    `const files = ${JSON.stringify(files)};\nexports.load = (id) => require(files[id]);\n`,
  );
  return { vendor, ids: Object.keys(files) };
}
