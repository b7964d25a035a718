import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { preProcessFile } from "typescript";

/** The imports of each file, including type-only imports. Paths are relative to the root. */
export type ImportGraph = ReadonlyMap<string, readonly string[]>;

/** Folders of npm workspaces by package name, to follow imports of packages. */
export type Workspaces = Readonly<Record<string, string>>;

const endings = ["", ".ts", ".cjs", ".mjs", ".js", "/index.ts"];

/** Reads the imports of all sources in some folders. */
export function importGraph(
  root: string,
  folders: readonly string[],
  workspaces: Workspaces = {},
): ImportGraph {
  const files = folders.flatMap((folder) => sourcesIn(root, folder));
  const known = new Set(files);
  return new Map(
    files.map((file) => {
      const { importedFiles } = preProcessFile(readFileSync(join(root, file), "utf8"), true, true);
      const found = importedFiles.flatMap(
        ({ fileName }) => resolved(file, fileName, known, workspaces) ?? [],
      );
      return [file, [...new Set(found)]];
    }),
  );
}

function sourcesIn(root: string, folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory())
      return /^(node_modules|cdktf\.out)$/.test(entry.name) ? [] : sourcesIn(root, path);
    return /\.([cm]?js|ts)$/.test(entry.name) ? [path] : [];
  });
}

function resolved(
  from: string,
  specifier: string,
  known: ReadonlySet<string>,
  workspaces: Workspaces,
): string | undefined {
  const [name, folder] = Object.entries(workspaces).find(([each]) => specifier.startsWith(`${each}/`)) ?? [];
  if (!specifier.startsWith(".") && name === undefined) return undefined;
  const base = join(folder ?? dirname(from), specifier.slice(name?.length ?? 0));
  return endings.map((ending) => normalize(base) + ending).find((path) => known.has(path));
}

/** Groups of files that import each other, directly or not: the strongly connected components, by Tarjan. */
export function circles(graph: ImportGraph): string[][] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const found: string[][] = [];
  const visit = (file: string): void => {
    const own = index.size;
    index.set(file, own);
    low.set(file, own);
    stack.push(file);
    for (const next of graph.get(file) ?? []) {
      if (!index.has(next)) visit(next);
      if (stack.includes(next)) low.set(file, Math.min(low.get(file) ?? own, low.get(next) ?? own));
    }
    if (low.get(file) !== own) return;
    const group = stack.splice(stack.indexOf(file));
    if (group.length > 1 || graph.get(file)?.includes(file)) found.push(group.sort());
  };
  for (const file of graph.keys()) if (!index.has(file)) visit(file);
  return found.sort();
}
