import { parse } from "acorn";
import { analyze, type Reference, type Scope, type Variable } from "eslint-scope";
import { KEYS } from "eslint-visitor-keys";
import type * as ESTree from "estree";

/** A module's syntax tree and scopes. */
export interface ParsedModule {
  readonly program: ESTree.Program;
  /** The module's top-level scope. */
  readonly scope: Scope;
  /** References to names that the module does not declare: `require`, `exports`, `process`, … */
  readonly unresolved: readonly ESTree.Identifier[];
  readonly parentOf: (node: ESTree.Node) => ESTree.Node | undefined;
}

const ecmaVersion = 2024;

/** @throws {SyntaxError} when the source is not a module of that kind */
export function parseModule(text: string, kind: "commonjs" | "module" = "commonjs"): ParsedModule {
  const parsed = parse(text, {
    ecmaVersion,
    sourceType: kind === "module" ? "module" : "script",
    allowReturnOutsideFunction: kind === "commonjs",
    allowHashBang: true,
    ranges: true,
  });
  // acorn produces ESTree nodes; its own types of them differ in optional fields only.
  const program = parsed as unknown as ESTree.Program;
  const scopes = analyze(program, { ecmaVersion, sourceType: kind });
  const { globalScope } = scopes;
  const [scope] = globalScope?.childScopes ?? [];
  if (globalScope === null || scope === undefined) throw new SyntaxError("The module has no scope");
  const parents = new Map<ESTree.Node, ESTree.Node>();
  collectParents(program, parents);
  return {
    program,
    scope,
    unresolved: identifiersOf(globalScope.through),
    parentOf: (node) => parents.get(node),
  };
}

/** The identifiers of references; in JavaScript, all of them. */
export const identifiersOf = (references: readonly Reference[]): ESTree.Identifier[] =>
  references.flatMap(({ identifier }) => (identifier.type === "Identifier" ? [identifier] : []));

/** Start and end of a node in the text. */
export function rangeOf({ range }: ESTree.Node): readonly [start: number, end: number] {
  if (range === undefined) throw new TypeError("The node has no range");
  return range;
}

/** The text of a node; empty where there is none. */
export const textOf = (node: ESTree.Node | null | undefined, text: string): string =>
  node == null ? "" : text.slice(...rangeOf(node));

/** Whether a variable is never assigned after its declaration. */
export const isOnlyRead = (variable: Variable): boolean =>
  variable.defs.length === 1 &&
  variable.references.every((reference) => reference.isReadOnly() || reference.init === true);

/** Whether a module may read variables dynamically: `eval` or `with`. */
export const readsNames = ({ program, unresolved }: ParsedModule): boolean =>
  unresolved.some(({ name }) => name === "eval") || hasWith(program);

const hasWith = (node: ESTree.Node): boolean =>
  node.type === "WithStatement" || childrenOf(node).some(hasWith);

function collectParents(node: ESTree.Node, parents: Map<ESTree.Node, ESTree.Node>): void {
  for (const child of childrenOf(node)) {
    parents.set(child, node);
    collectParents(child, parents);
  }
}

/** The nodes directly within a node. By the keys of its type, since a build calls it a million times. */
export function childrenOf(node: ESTree.Node): ESTree.Node[] {
  const children: ESTree.Node[] = [];
  for (const key of KEYS[node.type] ?? []) {
    const value = (node as unknown as Readonly<Record<string, ESTree.Node | null | (ESTree.Node | null)[]>>)[
      key
    ];
    if (value == null) continue;
    if ("type" in value) children.push(value);
    else for (const item of value) if (item !== null) children.push(item);
  }
  return children;
}
