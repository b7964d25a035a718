import type * as ESTree from "estree";

export const isDeclarator = (node: unknown): node is ESTree.VariableDeclarator =>
  typeof node === "object" && node !== null && "type" in node && node.type === "VariableDeclarator";

/** `exports` or `module.exports` */
export const isExports = (node: ESTree.Node): boolean =>
  node.type === "Identifier"
    ? node.name === "exports"
    : node.type === "MemberExpression" &&
      node.object.type === "Identifier" &&
      node.object.name === "module" &&
      node.property.type === "Identifier" &&
      node.property.name === "exports";

/** The declared names, each with the member of the value that it has; undefined for other patterns. */
export function namesOf(
  id: ESTree.Pattern,
): { readonly name: string; readonly member: string }[] | undefined {
  if (id.type === "Identifier") return [{ name: id.name, member: "" }];
  if (id.type !== "ObjectPattern") return undefined;
  const names = id.properties.map((property) =>
    property.type === "Property" &&
    !property.computed &&
    property.key.type === "Identifier" &&
    property.value.type === "Identifier"
      ? { name: property.value.name, member: `.${property.key.name}` }
      : undefined,
  );
  return names.every((name) => name !== undefined) ? names : undefined;
}
