import * as ts from "typescript";

/** Replaces the value of a declaration. */
export interface Replacement {
  /** The name of the declaration, after the names of the declarations that contain it: `TaskService.create`. */
  readonly symbol: string;
  /** An expression: a function from the original value to the new one. */
  readonly by: string;
}

/**
 * Replaces the value of a constant, function, method or property.
 * @returns the changed source
 * @throws {Error} unless the source has exactly one declaration of that name
 */
export function replaceDeclaration(source: string, { symbol, by }: Replacement): string {
  const file = ts.createSourceFile("source.ts", source, ts.ScriptTarget.Latest, true);
  let found: ts.Node = file;
  for (const name of symbol.split(".")) {
    const declarations = declarationsIn(found, name);
    const [declaration] = declarations;
    if (declaration === undefined || declarations.length > 1)
      throw new Error(`Expected one declaration of ${symbol}, found ${declarations.length} of ${name}`);
    found = declaration;
  }
  const { start, end, value } = replaced(found, `(${by})`);
  return source.slice(0, start) + value + source.slice(end);
}

/** The outermost declarations of that name below a node. */
function declarationsIn(parent: ts.Node, name: string): ts.Node[] {
  const found: ts.Node[] = [];
  ts.forEachChild(parent, function visit(node) {
    if (isReplaceable(node) && node.name?.getText() === name) found.push(node);
    else ts.forEachChild(node, visit);
  });
  return found;
}

const isReplaceable = (node: ts.Node) =>
  ts.isClassDeclaration(node) ||
  ts.isFunctionDeclaration(node) ||
  ts.isMethodDeclaration(node) ||
  ts.isPropertyAssignment(node) ||
  ts.isVariableDeclaration(node);

function replaced(node: ts.Node, by: string): { start: number; end: number; value: string } {
  const [start, end] = [node.getStart(), node.end];
  const code = node.getText();
  if (ts.isFunctionDeclaration(node) && node.name !== undefined) {
    const isExported = node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false;
    const value = `${isExported ? "export " : ""}const ${node.name.text} = ${by}(${code.replace(/^export /, "")});`;
    return { start, end, value };
  }
  if (ts.isMethodDeclaration(node) && ts.isClassDeclaration(node.parent)) {
    // The original stays in the class under another name, since it may use `this`.
    const name = node.name.getText();
    const at = node.name.getStart() - start;
    const original = `${code.slice(0, at)}original_${code.slice(at)}`;
    return { start, end, value: `${original}\n  ${name} = ${by}(this.original_${name}.bind(this));` };
  }
  if ((ts.isVariableDeclaration(node) || ts.isPropertyAssignment(node)) && node.initializer !== undefined) {
    const { initializer } = node;
    return {
      start: initializer.getStart(),
      end: initializer.end,
      value: `${by}(${initializer.getText()})`,
    };
  }
  throw new Error(`Expected a declaration with a value, found: ${code}`);
}
