import type * as ESTree from "estree";
import { childrenOf, type ParsedModule } from "./parsed-module";

interface ImportedSpecifier {
  readonly specifier: string;
  readonly node: ESTree.Node;
}

/** Every specifier of an ES module: of `import` and `export` declarations, and of `import()` of a string. */
export function importedSpecifiers({ program }: ParsedModule): ImportedSpecifier[] {
  const found: ImportedSpecifier[] = [];
  const visit = (node: ESTree.Node): void => {
    const source = sourceOf(node);
    if (source?.type === "Literal" && typeof source.value === "string")
      found.push({ specifier: source.value, node: source });
    childrenOf(node).forEach(visit);
  };
  visit(program);
  return found;
}

function sourceOf(node: ESTree.Node): ESTree.Node | null | undefined {
  switch (node.type) {
    case "ImportDeclaration":
    case "ExportNamedDeclaration":
    case "ExportAllDeclaration":
    case "ImportExpression":
      return node.source;
    default:
      return undefined;
  }
}
