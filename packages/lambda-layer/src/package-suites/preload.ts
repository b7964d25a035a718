import fs, { appendFileSync, type PathLike } from "node:fs";
import Module, { register } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { layerModule, loadLayer, replacedText, type Replacements } from "./replaced-text";

/**
 * What Node runs before a package's test suite: it gives the layer's modules in the place of the package's own files, to
 * `require` and to runners that read files themselves; to `import`, by load-hook.ts.
 */

export interface SuiteSettings extends Replacements {
  /** Path of load-hook.ts, bundled. */
  readonly loadHook: string;
  /** File to which the id of each module that is loaded is appended, a line each. */
  readonly report: string;
}

/** Of this run; it takes the place of this name. */
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

/** What reading a file gives, when it is replaced. */
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
