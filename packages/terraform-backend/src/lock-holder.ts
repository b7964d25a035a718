import { execFile } from "node:child_process";
import { existsSync, readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import { basename } from "node:path";
import { promisify } from "node:util";
import { formatAge, type LockInfo } from "./state-lock";

/** A Terraform process on this machine. */
export interface RunningTerraform {
  readonly pid: number;
  /** Undefined if it cannot be read. */
  readonly at:
    | {
        /** Its working directory, which has the stack's name. */
        readonly folder: string;
        /** Its AWS_ENDPOINT_URL. */
        readonly endpoint: string | undefined;
      }
    | undefined;
}

export interface LockSite {
  /** `core-dev` */
  readonly stack: string;
  /** The endpoint of the lock; undefined for AWS. */
  readonly endpoint: string | undefined;
  /** The longest time that a run on another machine takes. */
  readonly longestRunMinutes: number;
}

/**
 * Why the holder of a lock may still be running.
 * @returns undefined when it has ended: it was on this machine, where no Terraform of the stack runs, or the lock is older
 * than the longest run
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

/** The Terraform processes on this machine. Without /proc, only their ids are known. */
export async function runningTerraforms(list = listProcesses): Promise<RunningTerraform[]> {
  return (await list()).split("\n").flatMap((line) => {
    const [, pid = "", program = ""] = /^\s*(\d+)\s+(.*\S)/.exec(line) ?? [];
    if (basename(program) !== "terraform") return [];
    const at = contextOf(pid);
    return at === "ended" ? [] : [{ pid: Number(pid), at }];
  });
}

/** Lines of a process id and the name of its program. Without ps, none. */
async function listProcesses(): Promise<string> {
  const env = { PATH: process.env.PATH, LC_ALL: "C" };
  const result = promisify(execFile)("ps", ["-A", "-o", "pid=,comm="], { env });
  return (await result.catch(() => ({ stdout: "" }))).stdout;
}

/** A process may end after it was listed: one that cannot be identified would keep every lock. */
function contextOf(pid: string): RunningTerraform["at"] | "ended" {
  const list = (file: string) => readFileSync(`/proc/${pid}/${file}`, "utf8").split("\0");
  const valueOf = (name: string, entries: readonly string[]) =>
    entries.find((entry) => entry.startsWith(`${name}=`))?.slice(name.length + 1);
  try {
    return {
      folder: valueOf("-chdir", list("cmdline")) ?? readlinkSync(`/proc/${pid}/cwd`),
      endpoint: valueOf("AWS_ENDPOINT_URL", list("environ")),
    };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // The kernel's codes for a process that has ended, a zombie among them.
    const hasEnded = code === "ENOENT" || code === "ESRCH";
    return hasEnded && existsSync("/proc/self") ? "ended" : undefined;
  }
}
