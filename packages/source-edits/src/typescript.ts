import ts from "typescript";
import { exists, noVariable } from "./errors";

const parse = (file: string, source: string) =>
  ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);

/** Adds an import after the last one. Nothing changes if the file has it. */
export function addImport(file: string, source: string, statement: string): string {
  if (source.includes(statement)) return source;
  const last = parse(file, source).statements.filter(ts.isImportDeclaration).at(-1);
  const at = last?.getEnd() ?? 0;
  return `${source.slice(0, at)}${at > 0 ? "\n" : ""}${statement}${at > 0 ? "" : "\n\n"}${source.slice(at)}`;
}

type Literal = ts.ObjectLiteralExpression | ts.ArrayLiteralExpression;

/**
 * Adds a member to an object, or an element to an array, that a variable is declared with.
 * @param path the variable, then members of the object: `["permissions", "queues"]`; a missing last member is added
 * @throws {CommandError} when there is no such variable, or the object has the member
 */
export function addTo(file: string, source: string, path: readonly string[], text: string): string {
  const [variable = "", ...members] = path;
  const declared = declaredLiteral(parse(file, source), variable);
  if (declared === undefined) throw noVariable(file, variable);
  let literal = declared;
  for (const [at, name] of members.entries()) {
    const inner = memberOf(literal, name);
    if (inner === undefined) {
      const isElement = !/^["\w]+:/.test(text);
      const nested = members
        .slice(at + 1)
        .reduceRight((value, each) => `{ ${each}: ${value} }`, isElement ? `[${text}]` : `{ ${text} }`);
      return insert(source, literal, `${name}: ${nested}`);
    }
    literal = inner;
  }
  const key = /^"?([\w-]+)"?:/.exec(text)?.[1];
  if (key !== undefined && ts.isObjectLiteralExpression(literal) && hasMember(literal, key))
    throw exists(`${path.join(".")}.${key} in ${file}`);
  if (ts.isArrayLiteralExpression(literal) && literal.elements.some((each) => each.getText() === text))
    throw exists(`${text} in ${path.join(".")} of ${file}`);
  return insert(source, literal, text);
}

/** Removes elements or members by their text or name, and the imports that have these names only. */
export function removeFrom(file: string, source: string, variable: string, names: readonly string[]): string {
  const literal = declaredLiteral(parse(file, source), variable);
  if (literal === undefined || !ts.isArrayLiteralExpression(literal)) throw noVariable(file, variable);
  const kept = literal.elements.map((each) => each.getText()).filter((each) => !names.includes(each));
  const without = `${source.slice(0, literal.getStart())}[${kept.join(", ")}]${source.slice(literal.getEnd())}`;
  return parse(file, without)
    .statements.filter(ts.isImportDeclaration)
    .filter(({ importClause }) => names.some((name) => importClause?.getText() === `{ ${name} }`))
    .reduceRight((text, each) => text.slice(0, each.getStart()) + text.slice(each.getEnd() + 1), without);
}

function insert(source: string, literal: Literal, text: string): string {
  const elements = ts.isObjectLiteralExpression(literal) ? literal.properties : literal.elements;
  const last = elements.at(-1);
  const at = last?.getEnd() ?? literal.getStart() + 1;
  return `${source.slice(0, at)}${last === undefined ? "" : ", "}${text}${source.slice(at)}`;
}

const nameOf = (property: ts.ObjectLiteralElementLike) => property.name?.getText().replaceAll('"', "");
const hasMember = (literal: ts.ObjectLiteralExpression, name: string) =>
  literal.properties.some((property) => nameOf(property) === name);

function memberOf(literal: Literal, name: string): Literal | undefined {
  if (!ts.isObjectLiteralExpression(literal)) return undefined;
  const found = literal.properties.find((property) => nameOf(property) === name);
  return found !== undefined && ts.isPropertyAssignment(found) ? literalIn(found.initializer) : undefined;
}

function declaredLiteral(file: ts.SourceFile, variable: string): Literal | undefined {
  const declarations = file.statements
    .filter(ts.isVariableStatement)
    .flatMap((statement) => [...statement.declarationList.declarations]);
  const found = declarations.find(({ name }) => name.getText() === variable);
  return literalIn(found?.initializer);
}

/** The literal of an expression, within `as`, `satisfies`, parentheses and the first argument of a call. */
function literalIn(expression: ts.Expression | undefined): Literal | undefined {
  if (expression === undefined) return undefined;
  if (ts.isObjectLiteralExpression(expression) || ts.isArrayLiteralExpression(expression)) return expression;
  if (
    ts.isAsExpression(expression) ||
    ts.isSatisfiesExpression(expression) ||
    ts.isParenthesizedExpression(expression)
  )
    return literalIn(expression.expression);
  return ts.isCallExpression(expression) ? literalIn(expression.arguments[0]) : undefined;
}
