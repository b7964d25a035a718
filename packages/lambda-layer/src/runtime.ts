import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Script } from "node:vm";

/**
 * The program of a layer, `vendor.js`: runs the modules of its chunks as Node runs CommonJS modules, compiled already
 * where V8 accepts the code cache of a chunk.
 */

/** What the build knows of the layer; it takes the place of this name. */
declare const MANIFEST: {
  /** Id of the module behind each specifier that functions import. */
  readonly entries: Readonly<Record<string, string>>;
  /** Of the code caches; absent when the layer has none. */
  readonly cache?: {
    /** `v22.23.3`, `x64`: V8 refuses a cache of another version or architecture. */
    readonly node: string;
    readonly arch: string;
    /** Size of the cache of each chunk. */
    readonly bytes: Readonly<Record<ChunkName, number>>;
    /** V8's hash of its flags under the flags that Lambda starts Node with, for each memory size. */
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
// Loaded by Node itself already; an import would be converted to a `require` of its own.
const vm = process.getBuiltinModule("node:vm");
/** Where Lambda mounts the layer, wherever this runs: V8 has the name in its cache. */
const folder = "/opt/nodejs/node_modules";

/** What a cold start executes, and everything else, which is read when it is first required. */
type ChunkName = "start" | "deferred";
let deferred: Factories | undefined;
const modules = new Map<string, Module>();
/** In the head of a code cache: magic number, hash of the version, hash of the source, hash of the flags. */
const flagHashOffset = 12;
let flagHash: number | undefined;

const start = runChunk("start");

/** What `require` returns for the id of a module, or for the name of one of Node's. */
function load(id: string): unknown {
  const known = modules.get(id);
  if (known !== undefined) return known.exports;
  if (id.startsWith("node:")) return requireFromNode(id);
  if (id.startsWith("absent:")) return requireFromFunction(id.slice("absent:".length));
  // JSON files are in the layer as they are.
  if (id.endsWith(".json")) return readJson(id);
  const factory = start[id] ?? (deferred ??= runChunk("deferred"))[id];
  // One that the function brings, such as an engine for Express's views.
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
    // As Node does: the next `require` runs it again.
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
  if (script.cachedDataRejected === true) log("V8 refused the code cache", file);
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
 * V8 refuses a cache that was made under other flags, although code does not depend on those that Lambda sets: the
 * sizes of the heap. For these, as the build has computed their hash, and for no others, the cache says that it was
 * made under them. Nothing of the process is changed.
 */
function acceptKnownFlags(bytes: Buffer, known: readonly number[]): void {
  flagHash ??= new vm.Script("").createCachedData().readUInt32LE(flagHashOffset);
  if (known.includes(flagHash)) bytes.writeUInt32LE(flagHash, flagHashOffset);
}

// Not an import: what is loaded, and when, is for the modules of the layer to say.
// eslint-disable-next-line @typescript-eslint/no-require-imports
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

/** Defines an export whose value is read when it is first used, and is a data property from then on. */
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
