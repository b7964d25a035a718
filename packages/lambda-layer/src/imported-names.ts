import { isBuiltin } from "node:module";
import type { BuildResult } from "esbuild";
import type * as ESTree from "estree";
import { identifiersOf, parseModule, type ParsedModule } from "./parsed-module";

/** What a module imports, by specifier: names, of which `default` may be one, or everything that a package exports. */
export type ImportedNames = ReadonlyMap<string, ReadonlySet<string> | "everything">;

/** One use of a package: a name of it, all of its names, or only that it is loaded. */
type Use = readonly [specifier: string, what: { readonly name: string } | "everything" | "nothing"];

/** What the bundle of an ES module leaves to packages. Files of packages that it only looks for do not count. */
export function importedNames({
  metafile,
  outputFiles,
}: BuildResult<{ metafile: true; write: false }>): ImportedNames {
  const loaded = Object.values(metafile.outputs)
    .flatMap(({ imports }) => imports)
    .filter(({ external, kind, path }) => external === true && kind !== "require-resolve" && !isBuiltin(path))
    // The declarations say which names are imported; `require` and `import()` give all of them.
    .map(({ kind, path }): Use => [path, kind === "import-statement" ? "nothing" : "everything"]);
  const modules = outputFiles.filter(({ path }) => !path.endsWith(".map"));
  return gathered([...loaded, ...modules.flatMap(({ text }) => namedUses(parseModule(text, "module")))]);
}

/** What several modules import together. */
export const joinedImports = (modules: readonly ImportedNames[]): ImportedNames =>
  gathered(
    modules.flatMap((module) =>
      [...module].flatMap(([specifier, names]): Use[] =>
        names === "everything"
          ? [[specifier, names]]
          : [[specifier, "nothing"], ...[...names].map((name): Use => [specifier, { name }])],
      ),
    ),
  );

function gathered(uses: readonly Use[]): ImportedNames {
  const found = new Map<string, Set<string> | "everything">();
  for (const [specifier, what] of uses) {
    const known = found.get(specifier) ?? new Set<string>();
    found.set(specifier, known === "everything" || what === "everything" ? "everything" : known);
    if (known !== "everything" && typeof what === "object") known.add(what.name);
  }
  return found;
}

/** The names in a module's import declarations, and the packages that it exports whole. */
const namedUses = (module: ParsedModule): Use[] =>
  module.program.body.flatMap((node): Use[] => {
    if (
      node.type !== "ImportDeclaration" &&
      node.type !== "ExportNamedDeclaration" &&
      node.type !== "ExportAllDeclaration"
    )
      return [];
    const specifier = node.source?.value;
    if (typeof specifier !== "string" || isBuiltin(specifier)) return [];
    if (node.type !== "ImportDeclaration") return [[specifier, "everything"]];
    return node.specifiers.flatMap((imported) => usesOf(imported, specifier, module));
  });

function usesOf(
  imported: ESTree.ImportDeclaration["specifiers"][number],
  specifier: string,
  module: ParsedModule,
): Use[] {
  switch (imported.type) {
    case "ImportDefaultSpecifier":
      return [[specifier, { name: "default" }]];
    case "ImportSpecifier":
      return [[specifier, { name: nameOf(imported.imported) }]];
    case "ImportNamespaceSpecifier":
      return usesOfNamespace(imported.local.name, specifier, module);
  }
}

/** `z.object` uses one name; a `z` that is passed on, all of them. */
const usesOfNamespace = (local: string, specifier: string, { scope, parentOf }: ParsedModule): Use[] =>
  identifiersOf(scope.set.get(local)?.references ?? []).map((identifier): Use => {
    const parent = parentOf(identifier);
    return parent?.type === "MemberExpression" && parent.object === identifier && !parent.computed
      ? [specifier, { name: nameOf(parent.property) }]
      : [specifier, "everything"];
  });

function nameOf(node: ESTree.Node): string {
  if (node.type === "Identifier") return node.name;
  if (node.type === "Literal") return String(node.value);
  throw new TypeError(`A name of the type ${node.type}`);
}
