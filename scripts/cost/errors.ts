import { LocalCloudError } from "../local/errors";

const say = (what: string, expected: string, next: string) =>
  new LocalCloudError(`${what}\n  expected  ${expected}\n  next      ${next}`);

export const unknownRegion = (region: string, known: readonly string[]) =>
  say(
    `There are no prices of ${region}.`,
    `one of ${known.join(", ")}`,
    "add the region to scripts/cost/prices.ts, from the pages that it names",
  );

export const wrongScenarios = (path: string, problems: string) =>
  say(
    `${path} holds no scenarios:\n${problems.replace(/^/gm, "    ")}`,
    "scenarios by name, with the numbers that scripts/cost/scenarios.json has",
    "mend the file",
  );

export const unknownName = (what: string, name: string, known: readonly string[]) =>
  say(
    `There is no ${what} ${name}.`,
    `one of ${known.join(", ")}`,
    "name one of these, or leave it out for all",
  );
