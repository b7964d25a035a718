import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { processesBelow } from "../support/deployed-functions";

/**
 * The process below another one that holds the other end of a connection from loopback.
 * Linux only: https://www.kernel.org/doc/html/latest/networking/proc_net_tcp.html
 */
export function processBehind(port: number, ancestor: number): number | undefined {
  const socket = `socket:[${inodeOf(port) ?? ""}]`;
  return processesBelow(ancestor).find((pid) => openFiles(pid).includes(socket));
}

function inodeOf(port: number): string | undefined {
  const local = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  for (const line of readFileSync("/proc/net/tcp", "utf8").split("\n")) {
    const [, address, , , , , , , , inode] = line.trim().split(/\s+/);
    if (address?.endsWith(local) === true) return inode;
  }
  return undefined;
}

function openFiles(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).map((file) => readlinkSync(`/proc/${pid}/fd/${file}`));
  } catch {
    // It has ended meanwhile.
    return [];
  }
}
