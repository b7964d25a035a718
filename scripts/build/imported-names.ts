import { isBuiltin } from "node:module";
import type { BuildResult } from "esbuild";
import ts from "typescript";

/** What a module imports, by specifier: names, of which `default` may be one, or everything a package has. */
export type ImportedNames = ReadonlyMap<string, ReadonlySet<string> | "everything">;

/** One use of a package: a name of it, all it has, or only that it is loaded. */
type Use = readonly [specifier: string, what: { readonly name: string } | "everything" | "nothing"];

/** What the bundle of an ES module leaves to packages. Files of packages that it only looks for do not count. */
export function importedNames({
  metafile,
  outputFiles,
}: BuildResult<{ metafile: true; write: false }>): ImportedNames {
  const loaded = Object.values(metafile.outputs)
    .flatMap(({ imports }) => imports)
    .filter(({ external, kind, path }) => external === true && kind !== "require-resolve" && !isBuiltin(path))
    // Of what is imported, the declarations say which names; whoever requires a package has it whole.
    .map(({ kind, path }): Use => [path, kind === "import-statement" ? "nothing" : "everything"]);
  return gathered([...loaded, ...outputFiles.flatMap(({ text }) => namedUses(text))]);
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

/** The names in a module's import declarations, packages that it passes on whole, and the members that it uses of namespaces. */
function namedUses(module: string): Use[] {
  const source = ts.createSourceFile("module.js", module, ts.ScriptTarget.ES2022, true, ts.ScriptKind.JS);
  const namespaces = new Map<string, string>();
  const uses: Use[] = [];
  for (const statement of source.statements) {
    const passesOn = ts.isExportDeclaration(statement);
    if (!passesOn && !ts.isImportDeclaration(statement)) continue;
    const specifier = (statement.moduleSpecifier as ts.StringLiteral | undefined)?.text;
    if (specifier === undefined || isBuiltin(specifier)) continue;
    if (passesOn) {
      uses.push([specifier, "everything"]);
      continue;
    }
    const { name, namedBindings } = statement.importClause ?? {};
    if (name !== undefined) uses.push([specifier, { name: "default" }]);
    if (namedBindings === undefined) continue;
    if (ts.isNamespaceImport(namedBindings)) namespaces.set(namedBindings.name.text, specifier);
    else
      for (const { propertyName, name } of namedBindings.elements)
        uses.push([specifier, { name: (propertyName ?? name).text }]);
  }
  return [...uses, ...usesOfNamespaces(source, namespaces)];
}

/** `z.object` uses one name; a `z` that goes elsewhere, all of them. */
function usesOfNamespaces(source: ts.SourceFile, namespaces: ReadonlyMap<string, string>): Use[] {
  const uses: Use[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) return;
    if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression)) {
      const specifier = namespaces.get(node.expression.text);
      if (specifier !== undefined) return void uses.push([specifier, { name: node.name.text }]);
    }
    if (ts.isIdentifier(node) && !isMemberName(node)) {
      const specifier = namespaces.get(node.text);
      if (specifier !== undefined) uses.push([specifier, "everything"]);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return uses;
}

const isMemberName = ({ parent, text }: ts.Identifier) =>
  (ts.isPropertyAccessExpression(parent) ||
    ts.isPropertyAssignment(parent) ||
    ts.isMethodDeclaration(parent)) &&
  ts.isIdentifier(parent.name) &&
  parent.name.text === text;
