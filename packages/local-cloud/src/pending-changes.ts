import { setPriority } from "node:os";
import { run } from "./command";
import { project } from "./project";
import { stackChanges } from "./stack-changes";

export interface PendingChangesOptions {
  /** The parameters of Node for the program that synthesizes the stacks into CDKTF_OUTDIR. */
  readonly synthesize: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** The folder of the synthesis that was applied. */
  readonly applied: string;
  /** The folder for later syntheses. */
  readonly folder: string;
  readonly stackIds: readonly string[];
  /** How to apply what needs Terraform. */
  readonly restart: string;
  readonly signal: AbortSignal;
}

/**
 * Finds changes of sources and settings that only Terraform applies.
 * @returns the changes, or why the stacks cannot be synthesized; empty if there are none
 */
export async function pendingChanges(options: PendingChangesOptions): Promise<string> {
  const { synthesize, applied, folder, stackIds, restart, signal } = options;
  const env = { ...options.env, CDKTF_OUTDIR: folder };
  const { exitCode, stdout, stderr } = await run(
    process.execPath,
    synthesize,
    env,
    project,
    undefined,
    signal,
    ({ pid }) => {
      // An update of a function is more urgent.
      if (pid !== undefined) setPriority(pid, 10);
    },
  );
  if (signal.aborted) return "";
  if (exitCode !== 0) return `The stacks are invalid, and a start would fail:\n${(stderr + stdout).trim()}`;
  const changes = stackChanges(applied, folder, stackIds);
  if (changes.length === 0) return "";
  const lines = changes.map((change) => `  ${change}`).join("\n");
  return `Not applied, since only Terraform can apply it:\n${lines}\n  next      ${restart}`;
}
