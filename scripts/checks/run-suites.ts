import { runSuite, type SuiteName } from "./suites";
import { verify } from "./verify";

/**
 * Runs suites one after the other, or everything that CI checks when none is named.
 * @param parameters for jest
 * @returns the exit code
 */
export async function runSuites(names: readonly SuiteName[], parameters: readonly string[]): Promise<number> {
  if (names.length === 0) return (await verify()) ? 0 : 1;
  const exitCodes: number[] = [];
  for (const name of names) exitCodes.push(await runSuite(name, parameters));
  return Math.max(...exitCodes);
}
