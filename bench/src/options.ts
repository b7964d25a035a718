import { unknownPart } from "./errors";
import { partNames, type PartName } from "./results";

export interface BenchOptions {
  /** Takes few samples and does not save them. */
  readonly quick: boolean;
  /** Parts, separated by commas; all except `load` and `deploy` by default. */
  readonly only?: string;
  /** Adds the part `deploy`. */
  readonly deploy: boolean;
  /** Samples of each case; each part has its own default. */
  readonly runs?: number;
}

/** Parts that deploy onto an emulator, which takes minutes. */
const onEmulator: readonly PartName[] = ["load", "deploy"];

/**
 * The parts to measure, in order.
 * @throws {UsageError} listing all parts
 */
export function chosenParts({ only, deploy }: Pick<BenchOptions, "only" | "deploy">): PartName[] {
  const named = only?.split(",").map(partNamed) ?? partNames.filter((name) => !onEmulator.includes(name));
  return partNames.filter((name) => named.includes(name) || (name === "deploy" && deploy));
}

function partNamed(name: string): PartName {
  const part = partNames.find((known) => known === name.trim());
  if (part === undefined) throw unknownPart(name, partNames);
  return part;
}
