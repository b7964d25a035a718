import { matches } from "./glob";
import type { PolicyStatement } from "./statement";

/** A request as IAM authorizes it: one action on one resource, with the values of its condition keys. */
export interface IamRequest {
  readonly action: string;
  readonly resource: string;
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}

/** Condition operators: whether one value of the policy matches the value of the request. */
const operators: Readonly<Record<string, (wanted: string, found: string) => boolean>> = {
  StringEquals: (wanted, found) => wanted === found,
  StringLike: matches,
  ArnEquals: matches,
  ArnLike: matches,
  Bool: (wanted, found) => wanted.toLowerCase() === found.toLowerCase(),
};

/**
 * Whether a role's statements allow a request: one allows it, and none denies it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 * @throws {Error} for what is not supported: other operators, `NotAction`, `NotResource`
 */
export function isAllowed(statements: readonly PolicyStatement[], request: IamRequest): boolean {
  const applying = statements.filter((statement) => applies(statement, request));
  return applying.length > 0 && applying.every(({ Effect }) => Effect === "Allow");
}

function applies(statement: PolicyStatement, { action, resource, context = {} }: IamRequest): boolean {
  const { Action, Resource, NotResource, Condition } = statement;
  if (Resource === undefined || NotResource !== undefined)
    throw new Error(`${statement.Sid} is not a statement of a role`);
  return (
    Action.some((pattern) => matches(pattern.toLowerCase(), action.toLowerCase())) &&
    Resource.some((pattern) => matches(pattern, resource)) &&
    Object.entries(Condition).every(([operator, keys]) =>
      Object.entries(keys).every(([key, wanted]) => isMet(operator, wanted, context[key])),
    )
  );
}

/** Operators that are met unless a value of the policy matches that of the request; also when the request has none. */
const negated: Readonly<Record<string, (wanted: string, found: string) => boolean>> = {
  StringNotEquals: (wanted, found) => wanted === found,
};

const forAll = "ForAllValues:";

/** A condition on a key that the request does not have is not met, but for a negated operator, or a set operator on all of its values. */
function isMet(
  operator: string,
  wanted: readonly string[],
  found: string | readonly string[] | undefined,
): boolean {
  const excludes = negated[operator];
  if (excludes !== undefined)
    return ![found ?? []].flat().some((each) => wanted.some((value) => excludes(value, each)));
  const isOnAll = operator.startsWith(forAll);
  const compare = operators[isOnAll ? operator.slice(forAll.length) : operator];
  if (compare === undefined) throw new Error(`The condition operator ${operator} is not supported`);
  const matchesOne = (each: string) => wanted.some((value) => compare(value, each));
  const all = found === undefined ? [] : [found].flat();
  return (isOnAll || found !== undefined) && all.every(matchesOne);
}
