import { userError, wrongUsage } from "../../core/errors";

export const unknownRegion = (region: string, known: readonly string[]) =>
  userError(
    `There are no prices of ${region}.`,
    `one of ${known.join(", ")}`,
    "add the region to scripts/documents/cost/prices.ts, from the pages that it names",
  );

export const wrongScenarios = (path: string, problems: string) =>
  userError(
    `${path} holds no scenarios:\n${problems.replace(/^/gm, "    ")}`,
    "scenarios by name, with the numbers that scripts/documents/cost/scenarios.json has",
    "fix the file",
  );

export const unknownName = (what: string, name: string, known: readonly string[]) =>
  wrongUsage(`There is no ${what} ${name}. Expected one of ${known.join(", ")}, or no name for all.`);
