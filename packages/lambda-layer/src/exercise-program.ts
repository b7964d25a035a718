import { createRequire } from "node:module";
import { setFlagsFromString } from "node:v8";
import vm from "node:vm";

/**
 * What the build runs under the functions' Node, with the layer: the exercise of a cold start.
 */
export interface ProgramResult {
  /** Ids of the modules that the exercise has loaded. */
  readonly loaded: readonly string[];
  readonly node: string;
  readonly arch: string;
  /** Code caches in base 64, by chunk; empty unless they were asked for. */
  readonly caches: Readonly<Record<string, string>>;
}

interface Layer {
  readonly load: (id: string) => unknown;
}

/** Where a marked module notes that it is loaded. */
export const loadedModules = "$loadedModules";

const scripts: vm.Script[] = [];
const { Script } = vm;
vm.Script = class extends Script {
  constructor(...given: ConstructorParameters<typeof Script>) {
    super(...given);
    scripts.push(this);
  }
};

/** What the build starts Node with to get the same bytes each time; a cache made under it would be refused. */
const fixedSeeds = ["--hash-seed=0", "--random-seed=0", "--flush-bytecode"];

/**
 * @param exercise uses the layer's packages, which it loads itself
 * @param deferredIds modules to load after it, so that the second chunk's cache has what loading them compiles;
 * undefined where no cache is wanted
 */
export async function runExercise(
  exercise: () => Promise<void>,
  deferredIds?: readonly string[],
): Promise<ProgramResult> {
  await exercise();
  const loaded = Reflect.get(globalThis, loadedModules) as string[] | undefined;
  const caches: Record<string, string> = {};
  if (deferredIds !== undefined) {
    const [start] = scripts;
    caches.start = cacheOf(start);
    const layer = createRequire(__filename)("vendor.js") as Layer;
    for (const id of deferredIds) layer.load(id);
    caches.deferred = cacheOf(scripts[1]);
  }
  return { loaded: loaded ?? [], node: process.version, arch: process.arch, caches };
}

function cacheOf(script: vm.Script | undefined): string {
  if (script === undefined) throw new Error("The layer has not run a chunk");
  for (const flag of fixedSeeds) setFlagsFromString(flag);
  return script.createCachedData().toString("base64");
}
