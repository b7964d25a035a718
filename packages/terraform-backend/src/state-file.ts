import * as z from "zod";

/** The parts of a Terraform state that are read. */
const stateFile = z.object({
  version: z.literal(4),
  serial: z.number().int(),
  lineage: z.string(),
  resources: z.array(z.object({ mode: z.string(), instances: z.array(z.unknown()) })),
});
export type StateFile = z.output<typeof stateFile>;

/** @returns undefined for anything but a state */
export function parseState(text: string): StateFile | undefined {
  try {
    return stateFile.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** The number of instances of managed resources, without data sources. */
export const resourceCount = ({ resources }: StateFile) =>
  resources
    .filter(({ mode }) => mode === "managed")
    .reduce((sum, { instances }) => sum + instances.length, 0);

/**
 * Replaces the serial of a state in its JSON. Parsing and stringifying would round large numbers.
 * @throws {Error} when the serial is not where Terraform writes it
 */
export function withSerial(text: string, serial: number): string {
  // The first match: Terraform writes a state's own keys before its outputs and resources.
  const changed = text.replace(/"serial":\s*\d+/, `"serial": ${serial}`);
  if (parseState(changed)?.serial !== serial) throw new Error("The state's serial is not at its beginning");
  return changed;
}
