import { spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { stripVTControlCharacters } from "node:util";
import { root } from "../build/paths";
import { deployFailed } from "./errors";
import { TerraformProgress } from "./terraform-progress";

export interface CdktfRun {
  /** As a person would type them after `cdktf`. */
  readonly parameters: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Everything that is printed goes there, whole. */
  readonly log: string;
  readonly report: (line: string) => void;
}

const keptLines = 25;

/**
 * Runs the cdktf CLI, its progress condensed.
 * @throws {LocalCloudError} with its last lines when it fails
 */
export async function runCdktf({ parameters, env, log, report }: CdktfRun): Promise<void> {
  mkdirSync(dirname(log), { recursive: true });
  const file = createWriteStream(log, { flags: "a" });
  const progress = new TerraformProgress();
  const last: string[] = [];
  const child = spawn(join(root, "node_modules", ".bin", "cdktf"), parameters, {
    cwd: root,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const read = (line: string) => {
    file.write(`${line}\n`);
    const plain = stripVTControlCharacters(line).trimEnd();
    if (plain !== "" && last.push(`    ${plain}`) > keptLines) last.shift();
    const news = progress.read(line);
    if (news !== undefined) report(news);
  };
  for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on("line", read);
  const [exitCode] = (await once(child, "close")) as [number | null];
  file.end();
  if (exitCode !== 0) throw deployFailed(`cdktf ${parameters.join(" ")}`, log, last.join("\n"));
}
