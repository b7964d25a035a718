import fs, { appendFileSync, type PathLike } from "node:fs";
import Module, { register } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { layerModule, loadLayer, replacedText, type Replacements } from "./replaced-text";

/**
 * Preloaded by Node before a package's test suite: replaces the package's files by the layer's modules for `require` and
 * for file reads of test runners; load-hook.ts does so for `import`.
 */

export interface SuiteSettings extends Replacements {
  /** Path of load-hook.ts, bundled. */
  readonly loadHook: string;
  /** File to which the ids of loaded modules are appended, one per line. */
  readonly report: string;
}

/** Replaced by esbuild's `define`. */
declare const SUITE: SuiteSettings;

const errors = {
  AggregateError,
  Error,
  EvalError,
  RangeError,
  ReferenceError,
  SyntaxError,
  TypeError,
  URIError,
};
const layer = loadLayer(SUITE.vendor);
const reported = new Set<string>();
Object.defineProperty(Module, layerModule, {
  value: (id: string, sandbox: object) => {
    Object.assign(sandbox, errors);
    const exports = layer.load(id);
    if (!reported.has(id)) appendFileSync(SUITE.report, `${id}\n`);
    reported.add(id);
    return exports;
  },
});

type Encoding = BufferEncoding | { readonly encoding?: BufferEncoding | null } | null | undefined;

/** The content of a replaced file; undefined for other files. */
function replacedFile(path: unknown, options: Encoding): string | Buffer | undefined {
  const file = path instanceof URL && path.protocol === "file:" ? fileURLToPath(path) : path;
  const text = typeof file === "string" ? replacedText(file, SUITE) : undefined;
  if (text === undefined) return undefined;
  return (typeof options === "string" ? options : options?.encoding) ? text : Buffer.from(text);
}

const { readFileSync } = fs;
const { readFile } = fs.promises;
Object.assign(fs, {
  readFileSync: (path: PathLike, options: Encoding) =>
    replacedFile(path, options) ?? readFileSync(path, options),
});
Object.assign(fs.promises, {
  readFile: async (path: PathLike, options: Encoding) =>
    replacedFile(path, options) ?? readFile(path, options),
});
Module.syncBuiltinESMExports();
register(pathToFileURL(SUITE.loadHook), { data: SUITE });
