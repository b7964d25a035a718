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
 * The files of a suite's folder that modules of the layer replace: those with the same path, and their sources in
 * TypeScript.
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

/** Whether a bundler uses the package's ES modules: the layer then has only its entries and shared modules. */
export const isEsPackage = ({ type, module, exports }: Manifest): boolean =>
  type === "module" || module !== undefined || JSON.stringify(exports ?? "").includes('"import"');

/** Possible sources of a built file: `src/a.ts` of `dist/a.js`. */
function sourcesOf(path: string): string[] {
  const below = path.replace(/^(\.\/)?((dist|lib|build)[^/]*\/)*/, "");
  const built = [path, below, join("src", below), join("source", below)];
  return built.flatMap((file) => [
    file,
    file.replace(/\.([cm]?)js$/, ".$1ts"),
    file.replace(/\.[cm]js$/, ".ts"),
  ]);
}

/** The specifiers that a package exports, such as `zod` and `zod/mini`. */
export const exportedSpecifiers = (packageName: string, manifest: Manifest): string[] => [
  ...new Set(exportedFiles(packageName, manifest).map(({ specifier }) => specifier)),
];

interface ExportedFile {
  readonly specifier: string;
  readonly path: string;
}

/** The exported specifiers, each with the files of its conditions. */
const exportedFiles = (packageName: string, { exports, main }: Manifest): ExportedFile[] =>
  exportsBySubpath(exports ?? main)
    .filter(([subpath]) => !/\*|\.json$/.test(subpath))
    .flatMap(([subpath, target]) =>
      filesOf(target)
        .filter((path) => !/\.d\.[cm]?ts$/.test(path))
        .map((path) => ({ specifier: join(packageName, subpath), path })),
    );

/** A string, or an object of conditions, is the export `.`. */
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
