import { parseArgs } from "node:util";
import { unknownPart, wrongRuns } from "./errors";
import { partNames, type PartName } from "./results";

export interface BenchOptions {
  readonly parts: readonly PartName[];
  /** Few samples, not kept. */
  readonly quick: boolean;
  /** Samples of each case; as many as a part takes by itself when there is none. */
  readonly runs?: number;
}

const usage = `npm run bench [-- --quick] [-- --only cold,warm] [-- --deploy] [-- --runs 20]

Measures the built service beside peers, prints ratios and keeps them in docs/bench/.

  --quick   few samples, to see that everything runs; nothing is kept
  --only    some of ${partNames.join(", ")}, with commas between
  --deploy  the first deployment onto the emulator and the load that it bears, too, which takes minutes
  --runs    how many samples of each case`;

/**
 * The options on the command line.
 * @returns undefined when only help was asked for
 * @throws {LocalCloudError} naming the parts there are
 */
export function parseBenchOptions(from = process.argv.slice(2)): BenchOptions | undefined {
  const { values } = parseArgs({
    args: from,
    options: {
      quick: { type: "boolean", default: false },
      only: { type: "string" },
      runs: { type: "string" },
      deploy: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return undefined;
  }
  const named = values.only?.split(",").map(partNamed) ?? partNames.filter((name) => name !== "deploy");
  return {
    parts: partNames.filter((name) => named.includes(name) || (name === "deploy" && values.deploy)),
    quick: values.quick,
    runs: values.runs === undefined ? undefined : numberOfRuns(values.runs),
  };
}

function numberOfRuns(text: string): number {
  const runs = Number(text);
  if (!Number.isInteger(runs) || runs < 1) throw wrongRuns(text, usage);
  return runs;
}

function partNamed(name: string): PartName {
  const part = partNames.find((known) => known === name.trim());
  if (part === undefined) throw unknownPart(name, partNames, usage);
  return part;
}
