import { spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { stripVTControlCharacters } from "node:util";
import { root } from "../build/paths";
import { StateFailure } from "../state/state-failure";
import { deployFailed } from "./errors";
import { killGroup } from "../../packages/local-cloud/src/process-identity";
import { TerraformProgress } from "./terraform-progress";

export interface CdktfRun {
  /** As typed after `cdktf`. */
  readonly parameters: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Everything that is printed goes there, whole. */
  readonly log: string;
  readonly report: (line: string) => void;
  /** Ends it at once, with the Terraform that it runs. */
  readonly signal?: AbortSignal;
  readonly onStart?: (pid: number) => void;
}

const keptLines = 25;

/**
 * Runs the cdktf CLI, its progress condensed.
 * @throws the signal's reason when that has ended it
 * @throws {LocalCloudError} when it fails: what is wrong with the state if that is why, else its last lines
 */
export async function runCdktf({ parameters, env, log, report, signal, onStart }: CdktfRun): Promise<void> {
  mkdirSync(dirname(log), { recursive: true });
  const file = createWriteStream(log, { flags: "a" });
  const progress = new TerraformProgress();
  const stateFailure = new StateFailure();
  const last: string[] = [];
  const child = spawn(join(root, "node_modules", ".bin", "cdktf"), parameters, {
    cwd: root,
    env,
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own when it can be ended by the signal: Ctrl-C does not reach it too.
    detached: signal !== undefined,
  });
  const { pid } = child;
  if (pid !== undefined) onStart?.(pid);
  // Terraform has a terminal of its own from cdktf, and ends when that closes.
  const end = () => {
    if (pid !== undefined) killGroup(pid);
  };
  signal?.addEventListener("abort", end, { once: true });
  const read = (line: string) => {
    file.write(`${line}\n`);
    const plain = stripVTControlCharacters(line).trimEnd();
    if (plain !== "" && last.push(`    ${plain}`) > keptLines) last.shift();
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
  const failed = deployFailed(`cdktf ${parameters.join(" ")}`, log, last.join("\n"));
  throw stateFailure.errorFor(progress.stack, env, failed) ?? failed;
}
