import { execFile } from "node:child_process";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import { basename } from "node:path";
import { promisify } from "node:util";
import { formatAge, type LockInfo } from "./state-lock";

/** A Terraform that runs on this machine, as far as can be told. */
export interface RunningTerraform {
  readonly pid: number;
  /** Undefined where it cannot be read. */
  readonly at:
    | {
        /** Its working folder, which cdktf names after the stack. */
        readonly folder: string;
        /** The AWS_ENDPOINT_URL that it goes to. */
        readonly endpoint: string | undefined;
      }
    | undefined;
}

export interface LockSite {
  /** `core-dev` */
  readonly stack: string;
  /** Where the lock is: undefined for AWS itself. */
  readonly endpoint: string | undefined;
  /** After which no run on another machine is still at work. */
  readonly longestRunMinutes: number;
}

/**
 * Why the process that took a lock may still be at work.
 * @returns undefined when it is dead: no Terraform of the stack runs on this machine, which took the lock; or no run
 * lasts as long as the lock is old
 */
export function mayBeAlive(
  { Who, Created }: LockInfo,
  { stack, endpoint, longestRunMinutes }: LockSite,
  running: readonly RunningTerraform[],
  now = new Date(),
): string | undefined {
  const age = now.getTime() - new Date(Created).getTime();
  if (Who.endsWith(`@${hostname()}`)) {
    const alive = running.find(
      ({ at }) => at === undefined || (basename(at.folder) === stack && at.endpoint === endpoint),
    );
    return alive && `a Terraform of ${stack} runs on this machine as process ${alive.pid}`;
  }
  if (age > longestRunMinutes * 60_000) return undefined;
  return `${Who} took it ${formatAge(age)} ago, and a run may last ${longestRunMinutes} min`;
}

/** The Terraforms that run on this machine. Where there is no /proc, nothing is known but their process ids. */
export async function runningTerraforms(): Promise<RunningTerraform[]> {
  const env = { PATH: process.env.PATH, LC_ALL: "C" };
  const listed = promisify(execFile)("ps", ["-A", "-o", "pid=,comm="], { env });
  // Where there is no ps, none is known.
  const { stdout } = await listed.catch(() => ({ stdout: "" }));
  return stdout.split("\n").flatMap((line) => {
    const [, pid = "", program = ""] = /^\s*(\d+)\s+(.*\S)/.exec(line) ?? [];
    return basename(program) === "terraform" ? [{ pid: Number(pid), at: placeOf(pid) }] : [];
  });
}

function placeOf(pid: string): RunningTerraform["at"] {
  const list = (file: string) => readFileSync(`/proc/${pid}/${file}`, "utf8").split("\0");
  const valueOf = (name: string, entries: readonly string[]) =>
    entries.find((entry) => entry.startsWith(`${name}=`))?.slice(name.length + 1);
  try {
    return {
      folder: valueOf("-chdir", list("cmdline")) ?? readlinkSync(`/proc/${pid}/cwd`),
      endpoint: valueOf("AWS_ENDPOINT_URL", list("environ")),
    };
  } catch {
    return undefined;
  }
}
