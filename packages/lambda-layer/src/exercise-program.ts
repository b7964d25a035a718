import { createRequire } from "node:module";
import { setFlagsFromString } from "node:v8";
import vm from "node:vm";

/**
 * The program that the build runs with the layer under the functions' Node: the exercise of a cold start.
 */
export interface ProgramResult {
  /** Ids of the modules that the exercise has loaded. */
  readonly loaded: readonly string[];
  readonly node: string;
  readonly arch: string;
  /** Code caches in base64, by chunk; empty unless requested. */
  readonly caches: Readonly<Record<string, string>>;
}

interface Layer {
  readonly load: (id: string) => unknown;
}

/** Name of the global array in which marked modules record their load. */
export const loadedModules = "$loadedModules";

const scripts: vm.Script[] = [];
const { Script } = vm;
vm.Script = class extends Script {
  constructor(...given: ConstructorParameters<typeof Script>) {
    super(...given);
    scripts.push(this);
  }
};

/** Resets the flags that make the build reproducible: V8 in Lambda would reject a cache created under them. */
const fixedSeeds = ["--hash-seed=0", "--random-seed=0", "--flush-bytecode"];

/**
 * @param exercise uses the layer's packages
 * @param deferredIds modules to load after it, so that the second chunk's cache contains their top-level code; undefined
 * to create no caches
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
