import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import vm from "node:vm";
import { cachingParser, type HclParser } from "./caching-parser";
import { digest, replaceFile } from "./files";
import { hclPackage } from "./options";
import type { Paths } from "./paths";

/** A CommonJS module's wrapper: https://nodejs.org/api/modules.html#the-module-wrapper */
type ModuleWrapper = (
  exports: object,
  require: (name: string) => unknown,
  module: { readonly exports: object },
  filename: string,
  dirname: string,
) => void;

/** Runs the bundle in this process with V8's code cache, which the first successful run writes. */
export function runBundle({ bundle, parsed, codeCache }: Paths): void {
  const text = `(function (exports, require, module, __filename, __dirname) {${readFileSync(bundle, "utf8")}\n})`;
  const cachedData = readCodeCache(codeCache, text);
  const script = new vm.Script(text, { filename: bundle, cachedData });
  const requireFromBundle = createRequire(bundle);
  const parser = cachingParser(parsed, () => requireFromBundle(hclPackage) as HclParser);
  const require = Object.assign(
    (name: string): unknown => (name === hclPackage ? parser : requireFromBundle(name)),
    requireFromBundle,
  );
  const module = { exports: {} };
  (script.runInThisContext() as ModuleWrapper)(module.exports, require, module, bundle, dirname(bundle));
  process.on("exit", () => {
    if (cachedData !== undefined || process.exitCode) return;
    const cache = script.createCachedData();
    replaceFile(codeCache, Buffer.concat([digest([cache, text]), cache]));
  });
}

/** A digest precedes the cache, since V8 does not detect a damaged cache or one of another source. */
const digestBytes = 32;

function readCodeCache(path: string, text: string): Buffer | undefined {
  if (!existsSync(path)) return undefined;
  const file = readFileSync(path);
  const cache = file.subarray(digestBytes);
  return digest([cache, text]).equals(file.subarray(0, digestBytes)) ? cache : undefined;
}
