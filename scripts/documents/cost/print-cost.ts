import { environmentNames } from "../../../deploy/config/environments";
import { loadEnvironment } from "../../../deploy/config/load-environment";
import { costText, estimates } from "./document";
import { unknownName } from "./errors";
import { readScenarios } from "./scenario";

export interface CostOptions {
  /** All environments unless given. */
  readonly environment: string | undefined;
  /** All scenarios of the file unless given. */
  readonly scenario: string | undefined;
  /** A file of scenarios; the shipped one unless given. */
  readonly file: string | undefined;
}

/** Prints what a month costs on AWS. */
export async function printCost({ environment, scenario, file }: CostOptions) {
  const scenarios = readScenarios(file);
  const environments = chosen("environment", environment, environmentNames());
  const names = chosen("scenario", scenario, Object.keys(scenarios));
  const found = estimates(
    await Promise.all(environments.map((name) => loadEnvironment(name))),
    Object.fromEntries(Object.entries(scenarios).filter(([name]) => names.includes(name))),
  );
  console.log(await costText(found));
  return found;
}

function chosen(what: string, name: string | undefined, known: readonly string[]): readonly string[] {
  if (name === undefined) return known;
  if (!known.includes(name)) throw unknownName(what, name, known);
  return [name];
}
