import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import type MagicString from "magic-string";
import { isDeclarator, isExports, namesOf } from "./declared-names";
import { isOnlyRead, rangeOf, readsNames, textOf, type ParsedModule } from "./parsed-module";
import { literalArgument } from "./require-calls";

/** Name of the module parameter with the function that defines a lazy export. */
export const defineLazyExport = "$defineLazyExport";

/** A variable whose value is required at its first use. */
interface LazyVariable {
  readonly variable: Variable;
  /** Name of the function that replaces it. */
  readonly getter: string;
  /** Whether it is the first one with that value. */
  readonly isFirst: boolean;
}

interface LazyRequireOptions {
  /** Whether loading a module has no side effects, so that it can be deferred. */
  readonly isPure: (specifier: string) => boolean;
  /** Packages whose exported function has no side effects, so that calls with strings can be deferred. */
  readonly pureCalls: readonly string[];
}

/**
 * Defers the top-level requires of a CommonJS module to their first use. Nothing is removed:
 * - `const x = require("y")`, or of a member of it, becomes a function that requires once. Each use becomes a call of it.
 * - `exports.x = require("y")` becomes an accessor that turns into a data property when it is first read.
 * A statement `require("y");` is unchanged, and so is a module that is used during the load.
 */
export function deferRequires(source: MagicString, module: ParsedModule, options: LazyRequireOptions): void {
  if (readsNames(module)) return;
  new Deferral(source, module, options).run();
}

class Deferral {
  private readonly lazy = new Map<Variable, LazyVariable>();
  /** Names of getters by the source of their value. */
  private readonly getters = new Map<string, string>();
  private readonly prefix: string;
  private names = 0;

  constructor(
    private readonly source: MagicString,
    private readonly module: ParsedModule,
    private readonly options: LazyRequireOptions,
  ) {
    let prefix = "$$";
    while (source.original.includes(prefix)) prefix += "$";
    this.prefix = prefix;
  }

  run(): void {
    const declarations = this.module.program.body.filter((node) => node.type === "VariableDeclaration");
    // A later declaration may use an earlier one: `var x = y.z`.
    for (const { declarations: declarators } of declarations) {
      for (const declarator of declarators) this.findLazy(declarator);
    }
    for (const lazy of this.lazy.values()) this.replaceUses(lazy);
    for (const declaration of declarations) this.rewriteDeclaration(declaration);
    for (const statement of this.module.program.body) this.rewriteExport(statement);
  }

  /** An unused name; short, since minifiers keep the names of functions. */
  private newName(): string {
    return `${this.prefix}${(this.names++).toString(36)}`;
  }

  private findLazy(declarator: ESTree.VariableDeclarator): void {
    if (!this.isDeferrable(declarator.init)) return;
    const names = namesOf(declarator.id);
    const variables = names?.map(({ name }) => this.module.scope.set.get(name));
    if (!variables?.every((variable) => variable !== undefined && isOnlyRead(variable))) return;
    names?.forEach(({ member }, at) => {
      const variable = variables[at];
      if (variable === undefined) return;
      // esbuild declares a variable for each file that imports a package.
      const value = textOf(declarator.init, this.source.original) + member;
      const known = this.getters.get(value);
      const getter = known ?? this.newName();
      this.getters.set(value, getter);
      this.lazy.set(variable, { variable, getter, isFirst: known === undefined });
    });
  }

  /** Whether an expression only requires a module or reads a member of it. */
  private isDeferrable(node: ESTree.Node | null | undefined): boolean {
    return this.specifierOf(node) !== undefined;
  }

  /** The specifier of the module that an expression requires or reads a member of. */
  private specifierOf(node: ESTree.Node | null | undefined): string | undefined {
    switch (node?.type) {
      case "Identifier": {
        const variable = this.lazyVariable(node);
        return variable === undefined ? undefined : "";
      }
      case "MemberExpression":
        return node.computed ? undefined : this.specifierOf(node.object);
      case "CallExpression":
        return this.specifierOfCall(node);
      default:
        return undefined;
    }
  }

  private specifierOfCall(call: ESTree.CallExpression): string | undefined {
    const { callee } = call;
    const literal = literalArgument(call);
    if (callee.type === "Identifier" && callee.name === "require" && !this.module.scope.set.has("require")) {
      return literal !== undefined && this.options.isPure(literal.value) ? literal.value : undefined;
    }
    // esbuild's conversion of `import x from "y"`.
    if (callee.type === "Identifier" && callee.name === "__toESM") return this.specifierOf(call.arguments[0]);
    if (literal === undefined) return undefined;
    const called = callee.type === "Identifier" ? this.initializerOf(callee) : this.specifierOf(callee);
    return called !== undefined && this.options.pureCalls.includes(called) ? called : undefined;
  }

  /** The specifier of the module that a lazy variable was initialized with. */
  private initializerOf(identifier: ESTree.Identifier): string | undefined {
    const definition = this.lazyVariable(identifier)?.variable.defs[0]?.node as unknown;
    return isDeclarator(definition) ? this.specifierOf(definition.init) : undefined;
  }

  private lazyVariable({ name }: ESTree.Identifier): LazyVariable | undefined {
    const variable = this.module.scope.set.get(name);
    return variable && this.lazy.get(variable);
  }

  private replaceUses({ variable, getter }: LazyVariable): void {
    for (const { identifier, init } of variable.references) {
      if (init === true || identifier.type !== "Identifier") continue;
      const parent = this.module.parentOf(identifier);
      const call = this.isConstructed(identifier) ? `(${getter}())` : `${getter}()`;
      const isShorthand = parent?.type === "Property" && parent.shorthand;
      this.source.overwrite(...rangeOf(identifier), isShorthand ? `${variable.name}: ${call}` : call);
    }
  }

  /** Whether it is in the callee of `new`, where a call of the getter needs parentheses. */
  private isConstructed(node: ESTree.Node): boolean {
    const parent = this.module.parentOf(node);
    if (parent?.type === "NewExpression") return parent.callee === node;
    return parent?.type === "MemberExpression" && parent.object === node && this.isConstructed(parent);
  }

  /** `var a = require("a"), b = 1;` becomes `var a$lazy = () => …; var b = 1;`. */
  private rewriteDeclaration({ kind, declarations, ...node }: ESTree.VariableDeclaration): void {
    const isLazy = declarations.map(({ id, init }) => {
      const [first] = namesOf(id) ?? [];
      const variable = first && this.module.scope.set.get(first.name);
      return variable !== undefined && this.lazy.has(variable) && init != null;
    });
    if (!isLazy.includes(true)) return;
    const [start, end] = rangeOf({ ...node, type: "EmptyStatement" });
    let at = start;
    declarations.forEach((declarator, index) => {
      const [from, to] = rangeOf(declarator);
      if (at < from) this.source.remove(at, from);
      at = to;
      if (isLazy[index] === true) this.rewriteLazy(declarator);
      else this.source.prependRight(from, `${kind} `).appendLeft(to, "; ");
    });
    if (at < end) this.source.remove(at, end);
  }

  private rewriteLazy({ id, init, ...node }: ESTree.VariableDeclarator): void {
    const [start, end] = rangeOf({ ...node, type: "EmptyStatement" });
    if (init == null) return;
    const value = this.source.slice(...rangeOf(init));
    const getters = (namesOf(id) ?? []).map(({ name, member }) => {
      const variable = this.module.scope.set.get(name);
      const lazy = variable && this.lazy.get(variable);
      if (lazy?.isFirst !== true) return "";
      const { getter } = lazy;
      const held = this.newName();
      // Not a function declaration, whose name would be kept.
      return `var ${held}, ${getter} = () => ${held} ??= ${value}${member}; `;
    });
    this.source.overwrite(start, end, getters.join(""));
  }

  private rewriteExport(statement: ESTree.Node): void {
    if (statement.type !== "ExpressionStatement" || statement.expression.type !== "AssignmentExpression")
      return;
    const { left, right, operator } = statement.expression;
    if (operator !== "=" || left.type !== "MemberExpression" || left.computed) return;
    if (!isExports(left.object) || left.property.type !== "Identifier" || !this.isDeferrable(right)) return;
    const target = this.source.slice(...rangeOf(left.object));
    const value = this.source.slice(...rangeOf(right));
    const name = JSON.stringify(left.property.name);
    this.source.overwrite(...rangeOf(statement), `${defineLazyExport}(${target}, ${name}, () => ${value});`);
  }
}
