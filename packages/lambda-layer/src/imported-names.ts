import { isBuiltin } from "node:module";
import type { BuildResult } from "esbuild";
import type * as ESTree from "estree";
import { identifiersOf, parseModule, type ParsedModule } from "./parsed-module";

/** Imports by specifier: names, including `default`, or everything that a package exports. */
export type ImportedNames = ReadonlyMap<string, ReadonlySet<string> | "everything">;

/** One use of a package: one of its names, all of them, or none, when it is only loaded. */
type Use = readonly [specifier: string, what: { readonly name: string } | "everything" | "nothing"];

/** The imports of an ESM bundle, without files that are only resolved. */
export function importedNames({
  metafile,
  outputFiles,
}: BuildResult<{ metafile: true; write: false }>): ImportedNames {
  const loaded = Object.values(metafile.outputs)
    .flatMap(({ imports }) => imports)
    .filter(({ external, kind, path }) => external === true && kind !== "require-resolve" && !isBuiltin(path))
    // Import declarations list names; `require` and `import()` load all of them.
    .map(({ kind, path }): Use => [path, kind === "import-statement" ? "nothing" : "everything"]);
  const modules = outputFiles.filter(({ path }) => !path.endsWith(".map"));
  return gathered([...loaded, ...modules.flatMap(({ text }) => namedUses(parseModule(text, "module")))]);
}

/** The union of the imports of several modules. */
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

/** Imports that are not among others: `Router of express`, or `express` if nothing of it is. */
export const importsOutside = (imports: ImportedNames, others: ImportedNames): string[] =>
  [...imports].flatMap(([specifier, names]) => {
    const known = others.get(specifier);
    if (known === "everything") return [];
    if (known === undefined || names === "everything") return [specifier];
    return [...names].filter((name) => !known.has(name)).map((name) => `${name} of ${specifier}`);
  });

function gathered(uses: readonly Use[]): ImportedNames {
  const found = new Map<string, Set<string> | "everything">();
  for (const [specifier, what] of uses) {
    const known = found.get(specifier) ?? new Set<string>();
    found.set(specifier, known === "everything" || what === "everything" ? "everything" : known);
    if (known !== "everything" && typeof what === "object") known.add(what.name);
  }
  return found;
}

/** The names in a module's import declarations, and the packages that it re-exports. */
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

/** `z.object` uses one name; any other use of `z` uses all of them. */
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
  throw new TypeError(`Expected a name, found a node of type ${node.type}`);
}
