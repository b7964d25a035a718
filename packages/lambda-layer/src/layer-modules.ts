import { isBuiltin } from "node:module";
import { commonJsModules, requiredIds, type SourceModule } from "./commonjs-modules";
import type { Edits } from "./edits";
import { esModules } from "./es-modules";
import type { ImportedNames } from "./imported-names";
import type { LayerOptions } from "./layer-options";
import { deferRequires } from "./lazy-requires";
import { linkedSource } from "./linked-source";
import { moduleCode, wrappedModule, type LayerModule } from "./module-code";
import type { Files } from "./write-files";

export interface LayerSources {
  /** In the order of their ids. */
  readonly modules: readonly SourceModule[];
  /** JSON files, by their path below `node_modules`. */
  readonly json: Files;
  /** Id of the module behind each specifier that functions import. */
  readonly entries: Readonly<Record<string, string>>;
}

/**
 * The sources of all modules that a layer needs for its imports.
 * @throws {BuildError}
 */
export async function layerSources(
  imports: ImportedNames,
  edits: Edits,
  options: LayerOptions,
): Promise<LayerSources> {
  const es = await esModules(imports, { ...options, edits });
  const sources = [...es.modules, ...(await commonJsModules(es.commonJsFiles, { ...options, edits }))];
  const json = sources
    .filter(({ parsed }) => parsed === undefined)
    .map(({ id, text }) => [id, Buffer.from(JSON.stringify(JSON.parse(text)))] as const);
  const modules = sources.filter(({ parsed }) => parsed !== undefined);
  return {
    modules: modules.sort((a, b) => (a.id < b.id ? -1 : 1)),
    json: Object.fromEntries(json),
    entries: es.entries,
  };
}

/** Modules with their requires unchanged. */
export const eagerModules = (sources: readonly SourceModule[]): LayerModule[] =>
  sources.map((source) => wrappedModule(source.id, linkedSource(source)));

/**
 * Modules whose requires are deferred to the first use, except for modules with side effects.
 * @param effects ids of the modules whose load has a side effect
 */
export function lazyModules(
  sources: readonly SourceModule[],
  effects: readonly string[],
  { pureCalls }: LayerOptions,
): LayerModule[] {
  return sources.map((module) => {
    const source = linkedSource(module);
    const isPure = (specifier: string) => {
      const id = module.idOf(specifier) ?? specifier;
      // An absent module must fail where it is required.
      return isBuiltin(id) || (!effects.includes(id) && !id.startsWith("absent:"));
    };
    if (module.parsed !== undefined)
      deferRequires(source, module.parsed, { isPure, pureCalls: Object.keys(pureCalls) });
    return moduleCode(module.id, source, module.map);
  });
}

/** The ids of modules in topological order, dependencies first; cycles are cut at any edge. */
export function dependenciesFirst(sources: readonly SourceModule[]): string[] {
  const byId = new Map(sources.map((source) => [source.id, source]));
  const ordered = new Set<string>();
  const entered = new Set<string>();
  const visit = (id: string): void => {
    const source = byId.get(id);
    if (source === undefined || entered.has(id)) return;
    entered.add(id);
    requiredIds(source).forEach(visit);
    ordered.add(id);
  };
  for (const { id } of sources) visit(id);
  return [...ordered];
}
