import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import * as z from "zod";

/** A process. Ids are reused, so the start time is part of its identity. */
export const processIdentity = z.object({ pid: z.number().int().positive(), began: z.string() });
export type ProcessIdentity = z.output<typeof processIdentity>;

/** @returns undefined when there is no such process */
export function identityOf(pid: number): ProcessIdentity | undefined {
  const began = existsSync("/proc/self/stat") ? beganInProc(pid) : beganByPs(pid);
  return began === undefined ? undefined : { pid, began };
}

export const isRunning = ({ pid, began }: ProcessIdentity): boolean => identityOf(pid)?.began === began;

/** Linux: boot id and ticks since the boot. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function beganInProc(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field, the name in parentheses, may hold anything.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const [state, ticks] = [fields[0], fields[19]];
    if (state === "Z" || state === "X") return undefined;
    return `${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()} ${ticks ?? ""}`;
  } catch {
    return undefined;
  }
}

/** macOS and other systems with ps. */
function beganByPs(pid: number): string | undefined {
  const { stdout } = spawnSync("ps", ["-o", "stat=,lstart=", "-p", String(pid)], { encoding: "utf8" });
  const [state = "", ...began] = stdout.trim().split(/\s+/);
  return state === "" || state.startsWith("Z") ? undefined : began.join(" ");
}

const pollMilliseconds = 50;

/**
 * Ends a process, not necessarily a child, and kills its process group.
 * @param graceSeconds time between SIGTERM and SIGKILL; 0 sends SIGKILL at once
 */
export async function endProcess(identity: ProcessIdentity, graceSeconds: number): Promise<void> {
  if (!isRunning(identity)) return;
  const deadline = Date.now() + graceSeconds * 1000;
  if (graceSeconds > 0) process.kill(identity.pid, "SIGTERM");
  while (isRunning(identity) && Date.now() < deadline) await delay(pollMilliseconds);
  killGroup(identity.pid);
  while (isRunning(identity)) await delay(pollMilliseconds);
}

/** Kills every process in the group of a process. */
export function killGroup(leader: number): void {
  try {
    process.kill(-leader, "SIGKILL");
  } catch {
    // The group has no processes.
  }
}
