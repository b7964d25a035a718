import { readFileSync } from "node:fs";
import * as ts from "typescript";

/**
 * What a configuration's schema says of its settings, by their dotted path: `task_queue.retention_days` → "Days that …".
 * A setting whose schema has a name of its own is described by that one's docstring, unless it has one itself.
 * @param path a TypeScript file with `export const …Config = z.strictObject({ … })`
 */
export function docstrings(path: string): ReadonlyMap<string, string> {
  const source = ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.ES2022, true);
  const declarations = source.statements
    .filter(ts.isVariableStatement)
    .flatMap((statement) => [...statement.declarationList.declarations]);
  const declared = new Map(declarations.map((declaration) => [declaration.name.getText(), declaration]));
  const found = new Map<string, string>();

  const visit = (node: ts.Node, outer: readonly string[]): void => {
    // What refines a schema has no settings in it.
    if (ts.isArrowFunction(node)) return;
    if (ts.isPropertyAssignment(node)) {
      const setting = [...outer, node.name.getText()];
      const described = docstring(node) ?? docstring(declared.get(node.initializer.getText()));
      if (described !== undefined) found.set(setting.join("."), described);
      visit(node.initializer, setting);
      return;
    }
    const referred = ts.isIdentifier(node) ? declared.get(node.text)?.initializer : undefined;
    if (referred !== undefined) visit(referred, outer);
    ts.forEachChild(node, (child) => {
      visit(child, outer);
    });
  };
  for (const [name, { initializer }] of declared)
    if (name.endsWith("Config") && initializer !== undefined && isExported(declared.get(name)))
      visit(initializer, []);
  return found;
}

const isExported = (declaration: ts.VariableDeclaration | undefined) =>
  declaration !== undefined && (ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Export) !== 0;

function docstring(node: ts.Node | undefined): string | undefined {
  const [comment] = node === undefined ? [] : ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  return ts.getTextOfJSDocComment(comment?.comment)?.replace(/\s+/g, " ");
}
