import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import * as z from "zod";
import { lambdaNode } from "../../packages/lambda-runtime/src/lambda-node";
import { root } from "../../scripts/build/paths";
import { run } from "../../packages/local-cloud/src/command";

const summary = z.object({ median: z.number(), p10: z.number(), p90: z.number(), samples: z.int() });

const figure = z.object({
  /** The measured thing: a row. */
  subject: z.string(),
  /** The measured property: a column. */
  measure: z.string(),
  unit: z.enum(["ms", "µs", "s", "MB", "KB", "/s", "%", "calls", "items"]),
  ...summary.shape,
});
export type Figure = z.output<typeof figure>;

const comparison = z.object({
  what: z.string(),
  /** The largest ratio that meets the target; absent for a ratio without a target. */
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

export const partNames = [
  "cold",
  "profile",
  "warm",
  "worker",
  "synth",
  "tools",
  "growth",
  "load",
  "deploy",
] as const;
export type PartName = (typeof partNames)[number];

const results = z.partialRecord(z.enum(partNames), part);
export type Results = z.output<typeof results>;

/** In Git, so that docs/bench.md and its charts can be generated without a measurement. */
export const resultsPath = "docs/bench/results.json";
const file = join(root, resultsPath);

export const readResults = (): Results =>
  existsSync(file) ? results.parse(JSON.parse(readFileSync(file, "utf8"))) : {};

/** Saves results; the results of other parts stay unchanged. */
export function saveResults(measured: Results): void {
  writeFileSync(file, `${JSON.stringify({ ...readResults(), ...measured }, rounded, 2)}\n`);
}

/** Four significant digits, which is more than the spread justifies. */
const rounded = (_key: string, value: unknown) =>
  typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value;

/** Date and machine of a measurement. */
export async function takenHere(): Promise<z.output<typeof taken>> {
  const [cpu] = cpus();
  return {
    date: new Date().toISOString().slice(0, 10),
    cpu: cpu?.model.trim() ?? "unknown",
    cores: cpus().length,
    node: (await run(lambdaNode, ["--version"], {})).stdout.trim(),
  };
}
