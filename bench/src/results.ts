import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import * as z from "zod";
import { lambdaNode } from "../../packages/lambda-runtime/src/lambda-node";
import { root } from "../../scripts/build/paths";
import { run } from "../../packages/local-cloud/src/command";

const summary = z.object({ median: z.number(), p10: z.number(), p90: z.number(), samples: z.int() });

const figure = z.object({
  /** What was measured: a row. */
  subject: z.string(),
  /** What of it: a column. */
  measure: z.string(),
  unit: z.enum(["ms", "µs", "s", "MB", "KB", "/s", "%"]),
  ...summary.shape,
});
export type Figure = z.output<typeof figure>;

const comparison = z.object({
  what: z.string(),
  /** The largest quotient that is wanted; none where it is only told. */
  target: z.number().optional(),
  ...summary.shape,
});
export type Comparison = z.output<typeof comparison>;

const taken = z.object({
  date: z.iso.date(),
  cpu: z.string(),
  cores: z.int(),
  node: z.string(),
});

const part = z.object({
  taken,
  figures: z.array(figure).readonly(),
  comparisons: z.array(comparison).readonly(),
});
export type PartResults = z.output<typeof part>;

export const partNames = ["cold", "profile", "warm", "worker", "synth", "tools", "deploy"] as const;
export type PartName = (typeof partNames)[number];

const results = z.partialRecord(z.enum(partNames), part);
export type Results = z.output<typeof results>;

/** Git has it, so that the page and the picture can be made without measuring anything. */
export const resultsPath = "docs/bench/results.json";
const file = join(root, resultsPath);

export const readResults = (): Results =>
  existsSync(file) ? results.parse(JSON.parse(readFileSync(file, "utf8"))) : {};

/** Keeps what was measured; parts that were not measured this time stay as they were. */
export function saveResults(measured: Results): void {
  writeFileSync(file, `${JSON.stringify({ ...readResults(), ...measured }, rounded, 2)}\n`);
}

/** Four digits are more than the spread lets one believe. */
const rounded = (_key: string, value: unknown) =>
  typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value;

/** When, and on what, a part is measured. */
export async function takenHere(): Promise<z.output<typeof taken>> {
  const [cpu] = cpus();
  return {
    date: new Date().toISOString().slice(0, 10),
    cpu: cpu?.model.trim() ?? "unknown",
    cores: cpus().length,
    node: (await run(lambdaNode, ["--version"], {})).stdout.trim(),
  };
}
