import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { Readable } from "node:stream";
import { lambdaNode } from "../../packages/lambda-runtime/src/lambda-node";
import { lambdaFlags } from "../../packages/lambda-layer/src/lambda-flags";
import { peersFolder } from "./paths";

export interface FreshProcess {
  readonly runner: "warm" | "sweep";
  /** Folder of the function. */
  readonly taskRoot: string;
  /** Folder of the layer. */
  readonly opt: string;
  /** Input of the runner, in addition to the file of the handler. */
  readonly input: Readonly<Record<string, unknown>>;
  /** Environment variables of the function. */
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Runs a runner in a new process.
 * @returns its result
 * @throws {Error} with the standard error of a process that failed
 */
export async function measureInFreshProcess(process: FreshProcess): Promise<unknown> {
  const { runner, taskRoot, opt, input, env } = process;
  const script = join(peersFolder, "runners", `${runner}.cjs`);
  const flags = lambdaFlags(Number(env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE));
  const file = join(taskRoot, "index.js");
  const child = spawn(lambdaNode, [...flags, script, JSON.stringify({ ...input, file })], {
    cwd: taskRoot,
    env: { ...env, LAMBDA_TASK_ROOT: taskRoot, NODE_PATH: join(opt, "nodejs", "node_modules") },
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
