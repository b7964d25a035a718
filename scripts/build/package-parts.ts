import { posix, sep, relative, join } from "node:path";
import { build, type BuildOptions, type Plugin } from "esbuild";
import { lambdaBundle } from "./bundle-function";
import { bundlingFailed } from "./errors";
import type { ImportedNames } from "./imported-names";
import type { LayerSource } from "./layer";
import { root } from "./paths";
import { slimPackages } from "./slim-packages";

/** Modules by path: `zod.js`, `@aws-sdk/client-sqs.js`, and `chunk-….js` with what several of them share. */
export type Modules = ReadonlyMap<string, string>;

/** What has no names, since nobody reads it, V8 reads faster. */
export const packageBundle = {
  ...lambdaBundle,
  minifyIdentifiers: true,
  // Paths are in the names of modules.
  preserveSymlinks: true,
} as const satisfies BuildOptions;

const outdir = join(root, "parts");

/**
 * A module for each package, with the names that functions import from it and what those need: as one ES module has
 * it all, what is not needed falls away, where modules that are asked for one by one would each be kept and evaluated.
 * @throws {BuildError} when a package cannot be bundled
 */
export async function packageParts(imports: ImportedNames, source: LayerSource): Promise<Modules> {
  const { outputFiles } = await build({
    ...packageBundle,
    entryPoints: [...imports.keys()].map((specifier) => ({ in: partPrefix + specifier, out: specifier })),
    outdir,
    format: "esm",
    splitting: true,
    // Within the modules, where whoever bundles them finds it.
    sourcemap: "inline",
    // ES modules say what they do not need.
    mainFields: ["module", "main"],
    plugins: [importedParts(imports, source.folder), slimPackages({ mustFindAll: source.isShared === true })],
  }).catch((cause: unknown) => {
    throw bundlingFailed("the shared layer", cause);
  });
  return withStableNames(
    new Map(outputFiles.map(({ path, text }) => [relative(outdir, path).split(sep).join(posix.sep), text])),
  );
}

/** esbuild names a shared module by a hash of, among others, where the packages are installed. */
function withStableNames(modules: Modules): Modules {
  const names = new Map<string, string>();
  const stable = (name: string) => {
    if (!/-[0-9A-Z]{8}\.js$/.test(name)) return name;
    const given = names.get(name) ?? `shared-${names.size + 1}.js`;
    names.set(name, given);
    return given;
  };
  const renamed = new Map<string, string>();
  const visit = (path: string) => {
    const { dir, base } = posix.parse(path);
    const to = posix.join(dir, stable(base));
    const text = modules.get(path);
    if (text === undefined || renamed.has(to)) return;
    const imported: string[] = [];
    renamed.set(
      to,
      text.replace(/"(\.\.?\/(?:[\w@.-]+\/)*)([\w.-]+\.js)"/g, (_specifier, folder: string, name: string) => {
        imported.push(posix.join(dir, folder, name));
        return `"${folder}${stable(name)}"`;
      }),
    );
    imported.forEach(visit);
  };
  for (const path of [...modules.keys()].sort()) visit(path);
  return renamed;
}

const partPrefix = "part:";

/** `part:<specifier>`: a module with the names that functions import from a package, and nothing else. */
const importedParts = (imports: ImportedNames, resolveDir: string): Plugin => ({
  name: "imported-parts",
  setup(build) {
    const namespace = "part";
    build.onResolve({ filter: new RegExp(`^${partPrefix}`) }, ({ path }) => ({
      path: path.slice(partPrefix.length),
      namespace,
    }));
    build.onLoad({ filter: /.*/, namespace }, ({ path }) => {
      const names = imports.get(path) ?? new Set();
      const what = names === "everything" ? "*" : `{ ${[...names].sort().join(", ")} }`;
      return { contents: `export ${what} from ${JSON.stringify(path)};`, resolveDir };
    });
  },
});

/** Bundles modules that are on no disk. */
export const inMemory = (modules: Modules): Plugin => ({
  name: "in-memory",
  setup(build) {
    const namespace = "memory";
    build.onResolve({ filter: /^\.\.?\// }, ({ path, importer }) => ({
      path: posix.join(posix.dirname(importer), path),
      namespace,
    }));
    build.onLoad({ filter: /.*/, namespace }, ({ path }) => ({ contents: modules.get(path) }));
  },
});
