import { unknownPart } from "./errors";
import { partNames, type PartName } from "./results";

export interface BenchOptions {
  /** Few samples, not kept. */
  readonly quick: boolean;
  /** Parts, separated by commas; all but the deployment unless given. */
  readonly only?: string;
  /** The deployment too. */
  readonly deploy: boolean;
  /** Samples of each case; as many as a part takes by itself when there is none. */
  readonly runs?: number;
}

/**
 * The parts to measure, in the order in which they are measured.
 * @throws {UsageError} naming the parts there are
 */
export function chosenParts({ only, deploy }: Pick<BenchOptions, "only" | "deploy">): PartName[] {
  const named = only?.split(",").map(partNamed) ?? partNames.filter((name) => name !== "deploy");
  return partNames.filter((name) => named.includes(name) || (name === "deploy" && deploy));
}

function partNamed(name: string): PartName {
  const part = partNames.find((known) => known === name.trim());
  if (part === undefined) throw unknownPart(name, partNames);
  return part;
}
