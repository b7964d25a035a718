import { userError, wrongUsage } from "../../core/errors";

export const unpricedResource = (address: string) =>
  userError(
    `The estimates of cost and capacity do not know ${address}.`,
    "a resource type with a cost in the model, or one that is free",
    "add its prices, or why it is free, to scripts/documents/cost/resource-costs.json and model.ts, and its limits to scripts/documents/capacity",
  );

export const wrongScenarios = (path: string, problems: string) =>
  userError(
    `${path} holds no scenarios:\n${problems.replace(/^/gm, "    ")}`,
    "scenarios by name, with the numbers that scripts/documents/cost/scenarios.json has",
    "fix the file",
  );

export const unknownName = (what: string, name: string, known: readonly string[]) =>
  wrongUsage(`There is no ${what} ${name}. Expected one of ${known.join(", ")}, or no name for all.`);
