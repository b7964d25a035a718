import * as z from "zod";

/** What we have to know of a Terraform state; everything else in it is left as it is. */
const stateFile = z.object({
  version: z.literal(4),
  serial: z.number().int(),
  lineage: z.string(),
  resources: z.array(z.object({ mode: z.string(), instances: z.array(z.unknown()) })),
});
export type StateFile = z.output<typeof stateFile>;

/** @returns undefined for what is no state */
export function parseState(text: string): StateFile | undefined {
  try {
    return stateFile.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Resources that the state manages, each instance counted; data sources are none. */
export const resourceCount = ({ resources }: StateFile) =>
  resources
    .filter(({ mode }) => mode === "managed")
    .reduce((sum, { instances }) => sum + instances.length, 0);

/**
 * The state with another serial. Not parsed and written again: that would round its large numbers.
 * @throws {Error} when the text has no serial where Terraform writes it
 */
export function withSerial(text: string, serial: number): string {
  // The first of that name: Terraform writes a state's own keys before its outputs and resources.
  const changed = text.replace(/"serial":\s*\d+/, `"serial": ${serial}`);
  if (parseState(changed)?.serial !== serial) throw new Error("The state's serial is not at its beginning");
  return changed;
}
