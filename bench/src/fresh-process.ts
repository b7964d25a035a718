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
  /** The function. */
  readonly taskRoot: string;
  /** Its layer. */
  readonly opt: string;
  /** What the runner reads from its command line, besides the file with the handler. */
  readonly input: Readonly<Record<string, unknown>>;
  /** As Lambda sets it. */
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Measures in a process of its own.
 * @returns what the runner found, as JSON
 * @throws {Error} with what the process said last
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
