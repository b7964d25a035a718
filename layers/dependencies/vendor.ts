import { readFileSync } from "node:fs";
import { join } from "node:path";
import { hideHeapFlags } from "./heap-flags";

/**
 * The layer's own code, `vendor.js`: runs the packages (`vendor.code.js`), compiled already where V8 takes the code
 * cache beside them. Without a cache, or with one that V8 refuses, they are compiled as they are used.
 */
hideHeapFlags();
// Not imported, which would load them before.
const { hash } = process.getBuiltinModule("node:crypto");
const { Script } = process.getBuiltinModule("node:vm");

const code = readFileSync(join(__dirname, "vendor.code.js"), "latin1");
/** As in Lambda, wherever this runs: the name is a part of the cache. */
const filename = "/opt/nodejs/node_modules/vendor.code.js";
/** Of the SHA-256 at the end of the cache's file. */
const digestBytes = 32;
const script = new Script(code, { filename, cachedData: codeCache() });
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
