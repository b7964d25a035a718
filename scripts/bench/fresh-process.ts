import { spawn } from "node:child_process";
import { once } from "node:events";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import type { Readable } from "node:stream";
import { lambdaNode } from "../build/paths";
import { lambdaFlags } from "../../packages/lambda-layer/src/lambda-flags";
import { benchFolder } from "./paths";

export interface FreshProcess {
  readonly runner: "cold" | "warm" | "sweep";
  /** What the runner reads from its command line. */
  readonly input: { readonly file: string } & Readonly<Record<string, unknown>>;
  /** As Lambda sets it. */
  readonly env: Readonly<Record<string, string>>;
  /** Otherwise than on Lambda. */
  readonly withoutFlags?: boolean;
  /** Flags of Node for whoever measures, beside Lambda's. */
  readonly measuringFlags?: readonly string[];
}

/**
 * Measures in a process of its own.
 * @returns what the runner found, as JSON
 * @throws {Error} with what the process said last
 */
export async function measureInFreshProcess(process: FreshProcess): Promise<unknown> {
  const { runner, input, env, withoutFlags = false, measuringFlags = [] } = process;
  const script = join(benchFolder, "runners", `${runner}.cjs`);
  const flags = withoutFlags ? [] : lambdaFlags(Number(env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE));
  const child = spawn(lambdaNode, [...flags, ...measuringFlags, script, JSON.stringify(input)], {
    cwd: dirname(input.file),
    env: { ...env, LAMBDA_TASK_ROOT: dirname(input.file) },
    stdio: ["ignore", "ignore", "pipe", "pipe"],
  });
  const [errors, found] = await Promise.all([
    text(child.stderr as Readable),
    text(child.stdio[3] as Readable),
    once(child, "close"),
  ]);
  if (child.exitCode !== 0 || found === "") throw new Error(`exit ${String(child.exitCode)}\n${errors}`);
  return JSON.parse(found);
}
