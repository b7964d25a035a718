import { spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { stripVTControlCharacters } from "node:util";
import { layers } from "../../deploy/shared/layers";
import { root } from "../build/paths";
import { StateFailure } from "../state/state-failure";
import { deployFailed } from "./errors";
import { isLoopback } from "../../packages/local-cloud/src/child-environment";
import { killGroup } from "../../packages/local-cloud/src/process-identity";
import { TerraformProgress } from "../../packages/terraform-plan/src/terraform-progress";

export interface CdktfRun {
  /** The arguments of `cdktf`. */
  readonly parameters: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** The file for the complete output. */
  readonly log: string;
  readonly report: (line: string) => void;
  /** Kills cdktf and the Terraform that it runs. */
  readonly signal?: AbortSignal;
  readonly onStart?: (pid: number) => void;
}

const lastLines = 25;

/**
 * Runs the cdktf CLI, and reports its progress condensed.
 * @throws the signal's reason when that is aborted
 * @throws {CommandError} when it fails, with the problem of the state if that is the cause, else with its last lines
 */
export async function runCdktf({ parameters, env, log, report, signal, onStart }: CdktfRun): Promise<void> {
  mkdirSync(dirname(log), { recursive: true });
  const file = createWriteStream(log, { flags: "a" });
  const progress = new TerraformProgress(layers);
  const stateFailure = new StateFailure();
  const last: string[] = [];
  const child = spawn(join(root, "node_modules", ".bin", "cdktf"), parameters, {
    cwd: root,
    env,
    stdio: ["ignore", "pipe", "pipe"],
    // A process group of its own if the signal can kill it, so that Ctrl-C does not reach it as well.
    detached: signal !== undefined,
  });
  const { pid } = child;
  if (pid !== undefined) onStart?.(pid);
  // cdktf runs Terraform in a pseudoterminal; Terraform ends when that closes.
  const end = () => {
    if (pid !== undefined) killGroup(pid);
  };
  signal?.addEventListener("abort", end, { once: true });
  const read = (line: string) => {
    file.write(`${line}\n`);
    const plain = stripVTControlCharacters(line).trimEnd();
    if (plain !== "" && last.push(`    ${plain}`) > lastLines) last.shift();
    stateFailure.read(plain);
    const news = progress.read(line);
    if (news !== undefined) report(news);
  };
  for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on("line", read);
  const [exitCode] = (await once(child, "close")) as [number | null];
  file.end();
  signal?.removeEventListener("abort", end);
  if (exitCode === 0) return;
  signal?.throwIfAborted();
  const isLocal = isLoopback(env.AWS_ENDPOINT_URL ?? "");
  const failed = deployFailed(`cdktf ${parameters.join(" ")}`, log, last.join("\n"), isLocal);
  throw stateFailure.errorFor(progress.stack, env, failed) ?? failed;
}
