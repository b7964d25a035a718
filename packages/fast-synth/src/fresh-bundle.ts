import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { digest, replaceFile } from "./files";
import type { FastSynthOptions, PrepareOptions } from "./options";
import { pathsOf } from "./paths";

/**
 * Rebuilds the bundle and the products when a source or a product has changed.
 * @returns false when that failed; the reason is printed to standard error
 */
export function makeFresh(options: FastSynthOptions): boolean {
  const { folder, bundle, stamp, parsed, codeCache } = pathsOf(options);
  const sources = sourcesStamp(options);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === `${sources} ${productsStamp(options)}`)
    return true;
  mkdirSync(folder, { recursive: true });
  for (const path of [parsed, codeCache]) rmSync(path, { force: true });
  // Another run may be reading the bundle.
  const part = `${bundle}.${process.pid}.part`;
  if (!runPreparer(options, part)) return false;
  renameSync(part, bundle);
  // The hash from before the build: a source that has changed meanwhile is not in the bundle.
  replaceFile(stamp, `${sources} ${productsStamp(options)}`);
  return true;
}

function runPreparer({ root, entry, prepare, preparer }: FastSynthOptions, outfile: string): boolean {
  const options: PrepareOptions = { root, entry, prepare, outfile };
  const { status } = spawnSync(process.execPath, ["--import", "tsx", preparer, JSON.stringify(options)], {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
  });
  return status === 0;
}

/** A hash of the sources, and of the project's path, which the bundle contains. */
function sourcesStamp({ root, sources, ignored }: FastSynthOptions): string {
  const filesIn = (path: string): string[] => {
    if (!statSync(join(root, path)).isDirectory()) return [path];
    return readdirSync(join(root, path), { withFileTypes: true })
      .filter(({ name }) => name !== "node_modules")
      .flatMap((entry) => {
        const inside = `${path}/${entry.name}`;
        return entry.isDirectory() ? filesIn(inside) : ignored.test(entry.name) ? [] : [inside];
      });
  };
  const files = sources.flatMap(filesIn).sort();
  return digest([
    root,
    process.arch,
    ...files.flatMap((file) => [file, readFileSync(join(root, file))]),
  ]).toString("hex");
}

/** A hash of the bundle and the products. */
function productsStamp(options: FastSynthOptions): string {
  const folder = join(options.root, options.products.folder);
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const isProduct = (name: string) => options.products.suffixes.some((suffix) => name.endsWith(suffix));
  const products = names.filter(isProduct).sort();
  const paths = [pathsOf(options).bundle, ...products.map((name) => join(folder, name))];
  return digest(paths.map((path) => (existsSync(path) ? readFileSync(path) : ""))).toString("hex");
}
