import type * as ESTree from "estree";
import type { ParsedModule } from "./parsed-module";

/** One use of `require` in a CommonJS module. */
type RequireUse =
  /** `require("name")` */
  | {
      readonly kind: "literal";
      readonly specifier: string;
      readonly argument: ESTree.Literal;
      readonly call: ESTree.CallExpression;
    }
  /** `require.resolve("name")`, and other members. */
  | { readonly kind: "member"; readonly name: string }
  /** `typeof require` */
  | { readonly kind: "typeof" }
  /** `require(name)`, or `require` as a value: the loaded module is only known at run time. */
  | { readonly kind: "dynamic"; readonly node: ESTree.Node };

/** Every use of Node's `require` in a module. */
export const requireUses = ({ unresolved, parentOf }: ParsedModule): RequireUse[] =>
  unresolved
    .filter(({ name }) => name === "require")
    .map((identifier): RequireUse => {
      const parent = parentOf(identifier);
      if (parent?.type === "UnaryExpression" && parent.operator === "typeof") return { kind: "typeof" };
      if (parent?.type === "MemberExpression" && parent.object === identifier) {
        return { kind: "member", name: parent.property.type === "Identifier" ? parent.property.name : "[…]" };
      }
      const call = parent?.type === "CallExpression" && parent.callee === identifier ? parent : undefined;
      const argument = call && literalArgument(call);
      return call === undefined || argument === undefined
        ? { kind: "dynamic", node: identifier }
        : { kind: "literal", specifier: argument.value, argument: argument.node, call };
    });

/** Names of the members of Node's `module` that a module uses. */
export const moduleMembers = ({ unresolved, parentOf }: ParsedModule): string[] =>
  unresolved
    .filter(({ name }) => name === "module")
    .flatMap((identifier) => {
      const parent = parentOf(identifier);
      return parent?.type === "MemberExpression" && parent.property.type === "Identifier" && !parent.computed
        ? [parent.property.name]
        : [];
    });

/** The argument of a call with exactly one string literal. */
export function literalArgument(
  call: ESTree.CallExpression,
): { readonly value: string; readonly node: ESTree.Literal } | undefined {
  const [first, ...rest] = call.arguments;
  return first?.type === "Literal" && typeof first.value === "string" && rest.length === 0
    ? { value: first.value, node: first }
    : undefined;
}
