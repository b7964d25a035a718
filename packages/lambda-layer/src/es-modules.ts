import { readFileSync } from "node:fs";
import { extname, posix, relative, sep } from "node:path";
import { build, transform, type Metafile, type Plugin } from "esbuild";
import type { SourceModule } from "./commonjs-modules";
import { editedFiles } from "./edited-files";
import type { Edits } from "./edits";
import { bundlingFailed } from "./errors";
import type { ImportedNames } from "./imported-names";
import MagicString from "magic-string";
import { joinedMaps } from "./minify";
import { importedSpecifiers } from "./imported-specifiers";
import { parseModule, rangeOf } from "./parsed-module";
import { moduleId } from "./layer-packages";

interface EsModuleOptions {
  /** Folder whose `node_modules` has the packages. */
  readonly folder: string;
  readonly edits: Edits;
}

interface EsModules {
  /** Converted to CommonJS, for a script. */
  readonly modules: readonly SourceModule[];
  /** Paths of the CommonJS files that they import. */
  readonly commonJsFiles: readonly string[];
  /** Id of the module behind each specifier that functions import. */
  readonly entries: Readonly<Record<string, string>>;
}

/** The id of the ES module for a specifier that functions import. */
export const entryId = (specifier: string): string => `${esFolder}${specifier}.js`;
const esFolder = "es/";

/**
 * Bundles the packages' ES modules: one module for each specifier, with the names that functions import and their
 * dependencies, and further modules for shared code and for the targets of `import()`.
 * @throws {BuildError}
 */
export async function esModules(
  imports: ImportedNames,
  { folder, edits }: EsModuleOptions,
): Promise<EsModules> {
  const commonJs = new Map<string, string>();
  const wholeCommonJs = new Map<string, string>();
  const { outputFiles, metafile } = await build({
    entryPoints: [...imports.keys()]
      .sort()
      .map((specifier) => ({ in: entryPrefix + specifier, out: specifier })),
    absWorkingDir: folder,
    outdir: esFolder,
    bundle: true,
    splitting: true,
    write: false,
    metafile: true,
    format: "esm",
    platform: "node",
    target: "node22",
    mainFields: ["module", "main"],
    preserveSymlinks: true,
    minifySyntax: true,
    sourcemap: "external",
    sourcesContent: false,
    legalComments: "none",
    logLevel: "silent",
    charset: "ascii",
    tsconfigRaw: {},
    plugins: [
      entries(imports, folder, wholeCommonJs),
      commonJsOutside(folder, commonJs),
      editedFiles(folder, edits),
    ],
  }).catch((cause: unknown) => {
    throw bundlingFailed("the packages' ES modules", cause);
  });
  const texts = new Map(outputFiles.map(({ path, text }) => [toPosix(relative(folder, path)), text]));
  const names = stableNames(metafile, [...imports.keys()].map(entryId));
  const unused = new Set([...wholeCommonJs.keys()].map(entryId));
  const modules = await Promise.all(
    [...names]
      .filter(([output]) => !unused.has(output))
      .map(([output, id]) => {
        const idOf = (specifier: string) => {
          const external = commonJs.get(specifier);
          return external === undefined
            ? names.get(posix.join(posix.dirname(output), specifier))
            : moduleId(folder, external);
        };
        return asCommonJs({ id, text: texts.get(output) ?? "", map: texts.get(`${output}.map`) ?? "" }, idOf);
      }),
  );
  const found = [...imports.keys()].sort().map((specifier): [string, string] => {
    const file = commonJs.get(wholeCommonJs.get(specifier) ?? "");
    return [specifier, file === undefined ? entryId(specifier) : moduleId(folder, file)];
  });
  return { modules, commonJsFiles: [...commonJs.values()].sort(), entries: Object.fromEntries(found) };
}

/**
 * An id for each output, in the order in which entry points reach them. esbuild's own names of shared outputs contain a
 * hash that depends on the installation folder.
 */
function stableNames({ outputs }: Metafile, entryIds: readonly string[]): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  const visit = (output: string): void => {
    const found = outputs[output];
    if (found === undefined || ids.has(output)) return;
    const shared = `${esFolder}shared-${ids.size + 1}.js`;
    ids.set(output, entryIds.includes(output) ? output : shared);
    for (const { path } of found.imports) visit(path);
  };
  for (const output of [...entryIds].sort()) visit(output);
  return ids;
}

/** Converts an ES module to CommonJS: `import` becomes `require`, and imported names become members of its result. */
async function asCommonJs(
  { id, text, map }: { readonly id: string; readonly text: string; readonly map: string },
  idOf: (specifier: string) => string | undefined,
): Promise<SourceModule> {
  // Before the conversion, which derives variable names from specifiers.
  const linked = new MagicString(text);
  for (const { node, specifier } of importedSpecifiers(parseModule(text, "module"))) {
    const target = idOf(specifier);
    if (target !== undefined) linked.overwrite(...rangeOf(node), JSON.stringify(target));
  }
  const { code, map: converted } = await transform(linked.toString(), {
    sourcemap: "external",
    sourcesContent: false,
    format: "cjs",
    platform: "neutral",
    target: "node22",
    supported: { "dynamic-import": false },
    charset: "ascii",
  });
  const linkedMap = linked.generateMap({ source: id, hires: "boundary" }).toString();
  const joined = joinedMaps([converted, linkedMap, map]);
  return { id, text: code, parsed: parseModule(code), map: joined, idOf: () => undefined };
}

const entryPrefix = "entry:";
const entryNamespace = "entry";

/**
 * `entry:<specifier>`: a module that re-exports the names that functions import from a package. A package that they use as
 * a whole is an entry itself.
 * @param wholeCommonJs receives the external path of each CommonJS package that functions use as a whole
 */
const entries = (imports: ImportedNames, resolveDir: string, wholeCommonJs: Map<string, string>): Plugin => ({
  name: "entries",
  setup(build) {
    build.onResolve({ filter: new RegExp(`^${entryPrefix}`) }, async ({ path: entry }) => {
      const specifier = entry.slice(entryPrefix.length);
      const module = { path: specifier, namespace: entryNamespace };
      if (imports.get(specifier) !== "everything") return module;
      const resolved = await build.resolve(specifier, { kind: "import-statement", resolveDir });
      if (!resolved.external) return resolved;
      wholeCommonJs.set(specifier, resolved.path);
      return module;
    });
    build.onLoad({ filter: /.*/, namespace: entryNamespace }, ({ path }) => {
      const names = imports.get(path) ?? new Set();
      // A CommonJS package is not part of the bundle.
      if (names === "everything") return { contents: "" };
      return {
        contents: `export { ${[...names].sort().join(", ")} } from ${JSON.stringify(path)};`,
        resolveDir,
      };
    });
  },
});

/** Excludes CommonJS files from the bundle: they are separate modules of the layer. */
const commonJsOutside = (folder: string, found: Map<string, string>): Plugin => ({
  name: "commonjs-outside",
  setup(build) {
    const resolving = Symbol("resolving");
    build.onResolve({ filter: /./ }, async ({ path, kind, resolveDir, pluginData }) => {
      if (pluginData === resolving || kind === "entry-point") return undefined;
      // Relative imports have the format of the importing file; relative requires may differ.
      if (path.startsWith(".") && kind !== "require-call") return undefined;
      const resolved = await build.resolve(path, { kind, resolveDir, pluginData: resolving });
      if (resolved.errors.length > 0 || resolved.external || !isCommonJs(resolved.path)) return resolved;
      const specifier = `commonjs:${moduleId(folder, resolved.path)}`;
      found.set(specifier, resolved.path);
      return { path: specifier, external: true };
    });
  },
});

/** Whether a file has neither the extension nor the syntax of an ES module; JSON has no format. */
function isCommonJs(path: string): boolean {
  if (extname(path) === ".cjs") return true;
  if (extname(path) !== ".js") return false;
  return !/^\s*(import|export)\b/m.test(readFileSync(path, "utf8"));
}

const toPosix = (path: string) => path.split(sep).join(posix.sep);
