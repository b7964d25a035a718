import { findUnstorable, resultLimits } from "../../shared/tasks/storable";
import type { Task } from "../../shared/tasks/task";

type Result = NonNullable<Task["result"]>;

/** The result of a handler is not a JSON object that the table can store. */
export class UnusableResultError extends Error {
  override readonly name = "UnusableResultError";
}

/**
 * The result of a handler, validated: TypeScript checks its type only at compile time.
 * @throws {UnusableResultError}
 */
export async function resultOf(type: string, returned: Promise<Result>): Promise<Result> {
  if (!isPromise(returned)) {
    throw new UnusableResultError(`The handler of ${type} returned no promise but ${typeof returned}`);
  }
  const result = await returned;
  const unstorable = findUnstorable(result, resultLimits);
  if (unstorable === undefined) return result;
  const { pointer, detail } = unstorable;
  throw new UnusableResultError(
    `The result of ${type} cannot be stored. ${pointer === "" ? "" : `${pointer}: `}${detail}`,
  );
}

const isPromise = (value: unknown): boolean =>
  typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
