import { isBuiltin } from "node:module";
import ts from "typescript";

/** What a module imports, by specifier: names, of which `default` may be one, or everything a package has. */
export type ImportedNames = ReadonlyMap<string, ReadonlySet<string> | "everything">;

/** Reads from the import declarations of an ES module what it has of packages, and which members of a namespace it uses. */
export function importedNames(module: string): ImportedNames {
  const source = ts.createSourceFile("module.js", module, ts.ScriptTarget.ES2022, true, ts.ScriptKind.JS);
  const namespaces = new Map<string, string>();
  const names: [specifier: string, name: string][] = [];
  for (const statement of source.statements) {
    if (!ts.isImportDeclaration(statement)) continue;
    const specifier = (statement.moduleSpecifier as ts.StringLiteral).text;
    if (isBuiltin(specifier)) continue;
    const { name, namedBindings } = statement.importClause ?? {};
    if (name !== undefined) names.push([specifier, "default"]);
    if (namedBindings === undefined) continue;
    if (ts.isNamespaceImport(namedBindings)) namespaces.set(namedBindings.name.text, specifier);
    else
      for (const { propertyName, name } of namedBindings.elements)
        names.push([specifier, (propertyName ?? name).text]);
  }
  const members = membersOf(source, namespaces);
  const everything = new Set(members.flatMap(([specifier, name]) => (name === undefined ? [specifier] : [])));
  const all = [...names, ...members].flatMap(([specifier, name]) =>
    name === undefined ? [] : [[specifier, name] as const],
  );
  return new Map(
    [...new Set([...namespaces.values(), ...all.map(([specifier]) => specifier)])].map((specifier) => [
      specifier,
      everything.has(specifier)
        ? "everything"
        : new Set(all.filter(([of]) => of === specifier).map(([, name]) => name)),
    ]),
  );
}

/** Each use of a namespace: `z.object` uses one name; a `z` that goes elsewhere, all of them. */
function membersOf(source: ts.SourceFile, namespaces: ReadonlyMap<string, string>) {
  const found: [specifier: string, name: string | undefined][] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) return;
    if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression)) {
      const specifier = namespaces.get(node.expression.text);
      if (specifier !== undefined) return void found.push([specifier, node.name.text]);
    }
    if (ts.isIdentifier(node) && !isMemberName(node)) {
      const specifier = namespaces.get(node.text);
      if (specifier !== undefined) found.push([specifier, undefined]);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const isMemberName = ({ parent, text }: ts.Identifier) =>
  (ts.isPropertyAccessExpression(parent) ||
    ts.isPropertyAssignment(parent) ||
    ts.isMethodDeclaration(parent)) &&
  ts.isIdentifier(parent.name) &&
  parent.name.text === text;

/** What several modules import together. */
export const joinedImports = (modules: readonly ImportedNames[]): ImportedNames => {
  const joined = new Map<string, ReadonlySet<string> | "everything">();
  for (const [specifier, names] of modules.flatMap((module) => [...module])) {
    const known = joined.get(specifier) ?? new Set();
    joined.set(
      specifier,
      names === "everything" || known === "everything" ? "everything" : new Set([...known, ...names]),
    );
  }
  return joined;
};
