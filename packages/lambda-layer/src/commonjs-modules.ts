import { isBuiltin } from "node:module";
import { join } from "node:path";
import { build, type Metafile, type Plugin } from "esbuild";
import { bundlingFailed, dynamicRequire, missingModule, unsupportedRequire } from "./errors";
import { editedFiles } from "./edited-files";
import { moduleId } from "./layer-packages";
import type { Edits } from "./edits";
import { parseModule, type ParsedModule } from "./parsed-module";
import { moduleMembers, requireUses } from "./require-calls";

/** Prefix of the id of an optional module that is not in the layer; the function may contain it. */
const absentPrefix = "absent:";

/** The source of a module of the layer, in CommonJS. */
export interface SourceModule {
  /** Path below `node_modules`, such as `express/lib/express.js`, or below `es/`. */
  readonly id: string;
  readonly text: string;
  /** Undefined for JSON. */
  readonly parsed: ParsedModule | undefined;
  /** Source map of the text, when it was generated. */
  readonly map?: string;
  /** The id of a required module; undefined for built-in modules. */
  readonly idOf: (specifier: string) => string | undefined;
}

interface CommonJsOptions {
  /** Folder whose `node_modules` has the packages. */
  readonly folder: string;
  readonly edits: Edits;
  /** Modules that packages load if installed: specifier → reason. */
  readonly optional: Readonly<Record<string, string>>;
  /** Modules with a dynamic `require`: id → reason. */
  readonly dynamic: Readonly<Record<string, string>>;
}

/**
 * The CommonJS modules of files and all their dependencies, resolved as Node resolves `require`.
 * @throws {BuildError} for a module that is not installed, or a dynamic `require`
 */
export async function commonJsModules(
  files: readonly string[],
  options: CommonJsOptions,
): Promise<SourceModule[]> {
  const { folder, edits, optional } = options;
  const { metafile } = await build({
    entryPoints: [...files],
    absWorkingDir: folder,
    outdir: "commonjs",
    bundle: true,
    write: false,
    metafile: true,
    format: "cjs",
    platform: "node",
    target: "node22",
    // As `require` does in every version of Node: no ES modules.
    mainFields: ["main"],
    conditions: [],
    preserveSymlinks: true,
    logLevel: "silent",
    tsconfigRaw: {},
    plugins: [optionalOutside(optional), editedFiles(folder, edits)],
  }).catch((cause: unknown) => {
    throw bundlingFailed("the packages' CommonJS modules", cause);
  });
  return Object.keys(metafile.inputs).map((path) => readModule(path, metafile, options));
}

function readModule(
  path: string,
  { inputs }: Metafile,
  { folder, edits, dynamic, optional }: CommonJsOptions,
): SourceModule {
  const id = moduleId(folder, join(folder, path));
  const text = edits.read(id);
  if (path.endsWith(".json")) return { id, text, parsed: undefined, idOf: () => undefined };
  const parsed = parseModule(text);
  const resolved = new Map<string, string | undefined>(
    inputs[path]?.imports.map(({ original, path, external }) =>
      external === true
        ? [path, isBuiltin(path) ? undefined : absentPrefix + path]
        : [original ?? path, moduleId(folder, join(folder, path))],
    ),
  );
  for (const name of moduleMembers(parsed)) {
    if (!supportedMembers.has(name)) throw unsupportedRequire(id, `module.${name}`);
  }
  for (const use of requireUses(parsed)) {
    if (use.kind === "member") throw unsupportedRequire(id, `require.${use.name}`);
    if (use.kind === "dynamic" && dynamic[id] === undefined) throw dynamicRequire(id);
    if (use.kind !== "literal" || isBuiltin(use.specifier)) continue;
    // esbuild accepts a module that is not installed when it is required in a try block.
    const isAbsent = resolved.get(use.specifier)?.startsWith(absentPrefix) ?? true;
    if (isAbsent && optional[use.specifier] === undefined) throw missingModule(use.specifier, id);
  }
  return { id, text, parsed, idOf: (specifier) => resolved.get(specifier) };
}

/** Members of `module` that the layer's runtime supports. */
const supportedMembers: ReadonlySet<string> = new Set(["exports", "id", "filename", "loaded"]);

/** Treats optional modules as absent, even if another package of the repository installs them. */
const optionalOutside = (optional: Readonly<Record<string, string>>): Plugin => ({
  name: "optional-outside",
  setup(build) {
    build.onResolve({ filter: /^[^./]/ }, ({ path }) =>
      optional[path] === undefined ? undefined : { path, external: true },
    );
  },
});

/** Ids of the layer's modules that a module requires anywhere. */
export const requiredIds = ({ parsed, idOf }: SourceModule): string[] =>
  parsed === undefined
    ? []
    : requireUses(parsed).flatMap((use) =>
        use.kind === "literal" && !isBuiltin(use.specifier) ? [idOf(use.specifier) ?? use.specifier] : [],
      );
