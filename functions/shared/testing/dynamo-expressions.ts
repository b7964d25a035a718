export type Item = Readonly<Record<string, unknown>>;

export interface Placeholders {
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>> | undefined;
  readonly ExpressionAttributeValues?: Readonly<Record<string, unknown>> | undefined;
}

const comparisons: Readonly<Record<string, (a: never, b: never) => boolean>> = {
  "=": (a, b) => a === b,
  "<>": (a, b) => a !== b,
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
};

/**
 * Evaluates a condition, key condition or filter expression on an item: comparisons, IN, AND, OR, parentheses,
 * attribute_exists and attribute_not_exists.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html
 */
export function evaluate(expression: string, item: Item | undefined, placeholders: Placeholders): boolean {
  const tokens = expression.match(/<>|<=|>=|[<>=(),]|[:#]?\w+/g) ?? [];
  let at = 0;
  const next = () => tokens[at++] ?? "";
  const skip = (token: string) => tokens[at] === token && (at += 1) > 0;
  const operand = () => valueOf(next(), item, placeholders);
  const either = (): boolean => {
    let holds = both();
    while (skip("OR")) holds = both() || holds;
    return holds;
  };
  const both = (): boolean => {
    let holds = primary();
    while (skip("AND")) holds = primary() && holds;
    return holds;
  };
  const inParentheses = <Result>(read: () => Result): Result => {
    skip("(");
    const result = read();
    skip(")");
    return result;
  };
  const primary = (): boolean => {
    if (tokens[at] === "(") return inParentheses(either);
    if (skip("attribute_not_exists")) return inParentheses(operand) === undefined;
    if (skip("attribute_exists")) return inParentheses(operand) !== undefined;
    const left = operand();
    if (skip("IN")) return inParentheses(() => list(operand, () => skip(","))).includes(left);
    const compare = comparisons[next()];
    const right = operand();
    if (compare === undefined) throw new Error(`Unsupported expression: ${expression}`);
    return left !== undefined && right !== undefined && compare(left as never, right as never);
  };
  return either();
}

/** The item after an update expression of SET (values, and sums of two operands) and REMOVE. */
export function updated(expression: string, item: Item, placeholders: Placeholders): Item {
  const [assignments = "", removals = ""] = expression.replace(/^SET /, "").split(" REMOVE ");
  const result: Record<string, unknown> = { ...item };
  for (const assignment of assignments.split(", ")) {
    const [target = "", value = ""] = assignment.split(" = ");
    const operands = value.split(" + ").map((token) => valueOf(token, item, placeholders));
    result[nameOf(target, placeholders)] =
      operands.length === 1 ? operands[0] : operands.map(Number).reduce((a, b) => a + b);
  }
  const removed = removals.split(", ").map((name) => nameOf(name, placeholders));
  return Object.fromEntries(Object.entries(result).filter(([name]) => !removed.includes(name)));
}

function list<Element>(element: () => Element, isFollowed: () => boolean): Element[] {
  const elements = [element()];
  while (isFollowed()) elements.push(element());
  return elements;
}

const nameOf = (token: string, { ExpressionAttributeNames: names = {} }: Placeholders): string =>
  token.startsWith("#") ? (names[token] ?? "") : token;

const valueOf = (token: string, item: Item | undefined, placeholders: Placeholders): unknown =>
  token.startsWith(":")
    ? placeholders.ExpressionAttributeValues?.[token]
    : item?.[nameOf(token, placeholders)];
