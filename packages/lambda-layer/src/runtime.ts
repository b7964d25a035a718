import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Script } from "node:vm";

/**
 * The program of a layer, `vendor.js`: runs the modules of its chunks as Node runs CommonJS modules, with V8's code cache
 * where V8 accepts it.
 */

/** Replaced by esbuild's `define`. */
declare const MANIFEST: {
  /** Id of the module behind each specifier that functions import. */
  readonly entries: Readonly<Record<string, string>>;
  /** Metadata of the code caches; absent when the layer has none. */
  readonly cache?: {
    /** `v22.23.3`, `x64`: V8 rejects a cache of another version or architecture. */
    readonly node: string;
    readonly arch: string;
    /** Size of the cache of each chunk. */
    readonly bytes: Readonly<Record<ChunkName, number>>;
    /** V8's flag hash under Lambda's flags, for each memory size. */
    readonly flagHashes: readonly number[];
  };
};

interface Module {
  readonly id: string;
  readonly filename: string;
  loaded: boolean;
  exports: unknown;
}
type Require = (id: string) => unknown;
type Factory = (
  this: unknown,
  exports: unknown,
  require: Require,
  module: Module,
  filename: string,
  dirname: string,
  defineLazyExport: typeof defineLazy,
) => void;
type Factories = Readonly<Record<string, Factory>>;

const { entries, cache } = MANIFEST;
// Already loaded by Node; an import would be converted to a `require`.
const vm = process.getBuiltinModule("node:vm");
/** Lambda's mount path of the layer, used everywhere since V8's cache contains file names. */
const folder = "/opt/nodejs/node_modules";

/** See `chunkNames` in layer-files.ts. */
type ChunkName = "start" | "deferred";
let deferred: Factories | undefined;
const modules = new Map<string, Module>();
/** Header of a code cache: magic number, version hash, source hash, flag hash. */
const flagHashOffset = 12;
let flagHash: number | undefined;

const start = runChunk("start");

/** `require` by the id of a module of the layer, or by the name of a built-in module. */
function load(id: string): unknown {
  const known = modules.get(id);
  if (known !== undefined) return known.exports;
  if (id.startsWith("node:")) return requireFromNode(id);
  if (id.startsWith("absent:")) return requireFromFunction(id.slice("absent:".length));
  // JSON files are separate files of the layer.
  if (id.endsWith(".json")) return readJson(id);
  const factory = start[id] ?? (deferred ??= runChunk("deferred"))[id];
  // A module of the function, such as a view engine of Express.
  if (factory === undefined) return requireFromFunction(id);
  const filename = `${folder}/${id}`;
  const module: Module = { id, filename, loaded: false, exports: {} };
  modules.set(id, module);
  try {
    factory.call(
      module.exports,
      module.exports,
      load,
      module,
      filename,
      filename.replace(/\/[^/]*$/, ""),
      defineLazy,
    );
    module.loaded = true;
  } catch (error) {
    // As in Node, the next `require` runs the module again.
    modules.delete(id);
    throw error;
  }
  return module.exports;
}

function readJson(id: string): unknown {
  const exports: unknown = JSON.parse(readFileSync(join(__dirname, id), "utf8"));
  modules.set(id, { id, filename: `${folder}/${id}`, loaded: true, exports });
  return exports;
}

function runChunk(name: ChunkName): Factories {
  const file = `vendor.${name}.js`;
  const code = readFileSync(join(__dirname, file), "latin1");
  const script: Script = new vm.Script(code, {
    filename: `${folder}/${file}`,
    cachedData: codeCache(name, file),
  });
  if (script.cachedDataRejected === true) log("V8 rejected the code cache", file);
  return script.runInThisContext() as Factories;
}

function codeCache(name: ChunkName, file: string): Buffer | undefined {
  if (cache?.node !== process.version || cache.arch !== process.arch) return undefined;
  let bytes: Buffer;
  try {
    bytes = readFileSync(join(__dirname, `${file}.cache`));
  } catch {
    return undefined;
  }
  if (bytes.length !== cache.bytes[name]) {
    log("The code cache is damaged", file);
    return undefined;
  }
  acceptKnownFlags(bytes, cache.flagHashes);
  return bytes;
}

/**
 * V8 rejects a cache that was created under other flags, although code does not depend on the heap sizes that Lambda sets.
 * If the process has the flag hash of one of Lambda's memory sizes, the cache's flag hash is replaced by it. The process
 * is not changed.
 */
function acceptKnownFlags(bytes: Buffer, known: readonly number[]): void {
  flagHash ??= new vm.Script("").createCachedData().readUInt32LE(flagHashOffset);
  if (known.includes(flagHash)) bytes.writeUInt32LE(flagHash, flagHashOffset);
}

// Not an import: modules of the layer decide what is loaded, and when.
// oxlint-disable-next-line typescript/no-require-imports
const requireFromNode = (name: string): unknown => require(name);

function requireFromFunction(name: string): unknown {
  try {
    return requireFromNode(name);
  } catch (error) {
    const { createRequire } = process.getBuiltinModule("node:module");
    const fromFunction = createRequire(join(process.env.LAMBDA_TASK_ROOT ?? process.cwd(), "index.js"));
    try {
      return fromFunction(name);
    } catch {
      throw error;
    }
  }
}

/** Defines a lazy export: an accessor that becomes a data property when it is first read. */
function defineLazy(target: object, name: string, read: () => unknown): void {
  const define = (of: object, value: unknown) =>
    Object.defineProperty(of, name, { value, writable: true, enumerable: true, configurable: true });
  Object.defineProperty(target, name, {
    get(this: object) {
      const value = read();
      if (this === target) define(target, value);
      return value;
    },
    set(this: object, value: unknown) {
      define(this, value);
    },
    enumerable: true,
    configurable: true,
  });
}

function log(message: string, file: string): void {
  console.info(JSON.stringify({ level: "INFO", message, file, node: process.version, arch: process.arch }));
}

for (const specifier in entries) {
  const id = entries[specifier];
  if (id !== undefined) Object.defineProperty(exports, specifier, { get: () => load(id), enumerable: true });
}
/** For tests of packages, and for the build. */
Object.defineProperty(exports, "load", { value: load });
