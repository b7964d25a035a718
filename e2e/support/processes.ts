import { readdirSync, readFileSync } from "node:fs";
import { openFiles, processesBelow } from "../../packages/fault-proxy/src/processes";

/** Processes are read from /proc, which only Linux has. */
export const canSeeProcesses = process.platform === "linux";

/** Ids of the processes with a folder in their environment variables. */
export const processesIn = (folder: string): number[] =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && environmentOf(name).includes(folder))
    .map(Number);

function environmentOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, "utf8");
  } catch {
    // The process has ended, or belongs to another user.
    return "";
  }
}

/** States in which a socket receives from anyone: a TCP socket that listens, a UDP socket that is not connected. */
const receiving = { tcp: "0A", tcp6: "0A", udp: "07", udp6: "07" };

/**
 * Addresses at which a process and its descendants can be reached, as `<address>:<port>` in the kernel\'s hexadecimal form.
 * https://www.kernel.org/doc/html/latest/networking/proc_net_tcp.html
 */
export function openSockets(pid: number): string[] {
  const own = new Set(treeBelow(pid).flatMap(openFiles));
  return Object.entries(receiving).flatMap(([protocol, receivingState]) =>
    readFileSync(`/proc/net/${protocol}`, "utf8")
      .split("\n")
      .flatMap((line) => {
        const [, local = "", , state, , , , , , inode] = line.trim().split(/\s+/);
        return state === receivingState && own.has(`socket:[${inode ?? ""}]`) ? [local] : [];
      }),
  );
}

/** 127.0.0.0/8 and ::1, also as IPv4 in IPv6; words are little-endian. */
export const isLoopback = (socket: string): boolean =>
  /^([0-9A-F]{6}7F|0{24}01000000|0{16}FFFF0000[0-9A-F]{6}7F):[0-9A-F]{4}$/.test(socket);

const treeBelow = (pid: number): number[] => [pid, ...processesBelow(pid).flatMap(treeBelow)];
