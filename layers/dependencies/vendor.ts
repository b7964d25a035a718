import { hash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import vm from "node:vm";

/**
 * The layer's own code, `vendor.js`: runs the packages (`vendor.code.js`), compiled already where V8 takes the code
 * cache beside them. Without a cache, or with one that V8 refuses, they are compiled as they are used.
 */
const code = readFileSync(join(__dirname, "vendor.code.js"), "latin1");
/** As in Lambda, wherever this runs: the name is a part of the cache. */
const filename = "/opt/nodejs/node_modules/vendor.code.js";
/** Of the SHA-256 at the end of the cache's file. */
const digestBytes = 32;
const cachedData = codeCache();
const compile = () => new vm.Script(code, { filename, cachedData });
const script = cachedData === undefined ? compile() : withoutHeapFlags(compile);
if (script.cachedDataRejected === true) say("V8 refused the code cache");
const run = script.runInThisContext() as (exports: unknown, require: NodeJS.Require) => void;
run(exports, require);

/** V8 refuses a cache of another version or architecture, after it has been read: a name spares that. */
function codeCache(): Buffer | undefined {
  let file: Buffer;
  try {
    file = readFileSync(join(__dirname, `vendor.${process.arch}.${process.version}.cache`));
  } catch {
    return undefined;
  }
  // V8 itself takes what follows the head of a cache as it is, and may crash on it. The packages need `crypto` anyhow,
  // where a CRC would have Node load `zlib` for it alone.
  const cache = file.subarray(0, Math.max(file.length - digestBytes, 0));
  if (cache.length > 0 && hash("sha256", cache, "buffer").equals(file.subarray(cache.length))) return cache;
  say("The code cache is damaged");
  return undefined;
}

/** Worth knowing, as starts are slower then; nothing else is different. */
function say(message: string): void {
  console.info(JSON.stringify({ level: "INFO", message, node: process.version, arch: process.arch }));
}

/**
 * Compiles as if the heap were of the default size. Lambda starts Node with flags that follow from the memory setting.
 * V8 refuses a cache that was made under other flags, even these, which code does not depend on; and it has read them
 * long before, so that nothing but the comparison sees them change.
 */
function withoutHeapFlags<Result>(compile: () => Result): Result {
  const given = [...process.execArgv, ...(process.env.NODE_OPTIONS ?? "").split(" ")]
    .map((flag) => /^--(expose[-_]gc)$|^--(max[-_](?:old|semi)[-_]space[-_]size)=\d+$/.exec(flag))
    .filter((match) => match !== null);
  if (given.length === 0) return compile();
  const { setFlagsFromString } = process.getBuiltinModule("node:v8");
  for (const [, collect, size] of given) {
    setFlagsFromString(collect === undefined ? `--${size}=0` : `--no-${collect}`);
  }
  try {
    return compile();
  } finally {
    for (const [flag] of given) setFlagsFromString(flag);
  }
}
