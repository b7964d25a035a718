import { existsSync } from "node:fs";
import { join } from "node:path";
import { entryId } from "../es-modules";
import type { Manifest, Suite } from "./suite";

/** A module of the layer, with the path of the package's file that it was built from. */
interface LayerFile {
  readonly id: string;
  readonly path: string;
}

/**
 * The files of a suite's folder in whose place modules of the layer are loaded: those of the same path, and their
 * sources in TypeScript.
 * @param ids of the layer's modules
 * @returns ids by the files' paths
 */
export function replacementsIn(
  { packageName, folder, manifest, installed }: Suite,
  ids: readonly string[],
): Readonly<Record<string, string>> {
  const commonJs = isEsPackage(installed)
    ? []
    : ids
        .filter((id) => id.startsWith(`${packageName}/`))
        .map((id): LayerFile => ({ id, path: id.slice(packageName.length + 1) }));
  const entries = [installed, manifest].flatMap((of) =>
    exportedFiles(packageName, of).flatMap(({ specifier, path }) => {
      const id = entryId(specifier);
      return ids.includes(id) ? [{ id, path }] : [];
    }),
  );
  const files = [...commonJs, ...entries].flatMap(({ id, path }) =>
    sourcesOf(path)
      .map((source) => join(folder, source))
      .filter((file) => existsSync(file))
      .map((file) => [file, id] as const),
  );
  return Object.fromEntries(files);
}

/** Whether a package gives ES modules to a bundler: then the layer has entries of it, and what these share. */
export const isEsPackage = ({ type, module, exports }: Manifest): boolean =>
  type === "module" || module !== undefined || JSON.stringify(exports ?? "").includes('"import"');

/** What may have been built into a file: `src/a.ts` into `dist/a.js`. */
function sourcesOf(path: string): string[] {
  const below = path.replace(/^(\.\/)?((dist|lib|build)[^/]*\/)*/, "");
  const texts = [path, below, join("src", below), join("source", below)];
  return texts.flatMap((text) => [
    text,
    text.replace(/\.([cm]?)js$/, ".$1ts"),
    text.replace(/\.[cm]js$/, ".ts"),
  ]);
}

/** What may be imported of a package, such as `zod` and `zod/mini`. */
export const exportedSpecifiers = (packageName: string, manifest: Manifest): string[] => [
  ...new Set(exportedFiles(packageName, manifest).map(({ specifier }) => specifier)),
];

interface ExportedFile {
  readonly specifier: string;
  readonly path: string;
}

/** The specifiers that a package exports, each with the files behind its conditions. */
const exportedFiles = (packageName: string, { exports, main }: Manifest): ExportedFile[] =>
  exportsBySubpath(exports ?? main)
    .filter(([subpath]) => !/\*|\.json$/.test(subpath))
    .flatMap(([subpath, target]) =>
      filesOf(target)
        .filter((path) => !/\.d\.[cm]?ts$/.test(path))
        .map((path) => ({ specifier: join(packageName, subpath), path })),
    );

/** An object without subpaths, or a string, is what the package itself exports. */
const exportsBySubpath = (exports: unknown): [subpath: string, target: unknown][] =>
  typeof exports === "object" && exports !== null && Object.keys(exports).every((key) => key.startsWith("."))
    ? Object.entries(exports)
    : [[".", exports]];

const filesOf = (target: unknown): string[] =>
  typeof target === "string"
    ? [target]
    : typeof target === "object" && target !== null
      ? Object.values(target).flatMap(filesOf)
      : [];
