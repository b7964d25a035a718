import { chunk } from "./chunk";
import { Edits } from "./edits";
import { unusedPackages } from "./errors";
import { loadedModules } from "./exercise-program";
import { runEffects, runExerciseWith } from "./exercise-run";
import { flagHashes } from "./flag-hashes";
import { bundleFunction } from "./function-bundle";
import { joinedImports, type ImportedNames } from "./imported-names";
import { chunkFile, chunkNames, layerFiles, type CodeCaches, type LayerContent } from "./layer-files";
import {
  dependenciesFirst,
  eagerModules,
  layerSources,
  lazyModules,
  type LayerSources,
} from "./layer-modules";
import type { LayerOptions } from "./layer-options";
import { packageOf } from "./layer-packages";
import type { Files } from "./write-files";

export interface Layer {
  readonly files: Files;
  /** Source map of each chunk, by the chunk's file name. */
  readonly sourceMaps: Files;
  /** Files of edits that were not applied. */
  readonly unusedEdits: readonly string[];
}

/**
 * Builds a layer with the packages that functions import. Its first chunk has what a cold start executes, its second chunk
 * everything else, which is read when a module in it is first required.
 * @param imports of all functions
 * @param files of packages that functions read, as `package/path`; the caller adds them to the layer
 * @throws {BuildError}
 */
export async function buildLayer(
  imports: ImportedNames,
  files: readonly string[],
  options: LayerOptions,
): Promise<Layer> {
  const used = new Set([...imports.keys(), ...files].map(packageOf));
  const unused = options.packages.names.filter((name) => !used.has(name));
  if (unused.length > 0) throw unusedPackages(unused, options.packages);

  const exercise = await bundleFunction(options.exercise, options.packages, {
    absWorkingDir: options.folder,
  });
  const allImports = joinedImports([imports, exercise.imports]);
  const edits = new Edits(options.folder, options.edits);
  const sources = await layerSources(allImports, edits, options);
  const { json, entries } = sources;
  const effects = await modulesWithEffects(sources, options);
  const modules = lazyModules(sources.modules, effects, options);

  const singleChunk = {
    entries,
    json,
    chunks: { start: chunk(modules, recordLoad), deferred: chunk([]) },
  };
  const { loaded } = await runExerciseWith(await layerFiles(singleChunk), options);
  const atStart = new Set(loaded);
  const deferred = modules.filter(({ id }) => !atStart.has(id));
  const chunks = { start: chunk(modules.filter(({ id }) => atStart.has(id))), deferred: chunk(deferred) };
  const content: LayerContent = { entries, json, chunks };
  const codeCaches = options.codeCache
    ? await createCodeCaches(
        content,
        deferred.map(({ id }) => id),
        options,
      )
    : undefined;
  return {
    files: await layerFiles({ ...content, codeCaches }),
    sourceMaps: Object.fromEntries(
      chunkNames.map((name) => [chunkFile(name), Buffer.from(chunks[name].map)]),
    ),
    unusedEdits: edits.unused,
  };
}

/** Ids of the modules whose load has a side effect. */
async function modulesWithEffects({ modules, json }: LayerSources, options: LayerOptions): Promise<string[]> {
  const chunks = { start: chunk(eagerModules(modules)), deferred: chunk([]) };
  return runEffects(await layerFiles({ entries: {}, json, chunks }), dependenciesFirst(modules), options);
}

/** A statement that records that a module is loaded, for the exercise's program. */
const recordLoad = (id: string) => `(globalThis.${loadedModules}??=[]).push(${JSON.stringify(id)});`;

async function createCodeCaches(
  content: LayerContent,
  deferredIds: readonly string[],
  options: LayerOptions,
): Promise<CodeCaches> {
  const { node, arch, caches } = await runExerciseWith(await layerFiles(content), options, deferredIds);
  return {
    node,
    arch,
    flagHashes: await flagHashes(options.node, options.memorySizes),
    caches: {
      start: Buffer.from(caches.start ?? "", "base64"),
      deferred: Buffer.from(caches.deferred ?? "", "base64"),
    },
  };
}
