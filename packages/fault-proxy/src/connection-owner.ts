import { readFileSync } from "node:fs";
import { openFiles, processesBelow } from "./processes";

/** A TCP connection from the client's side. A local port may belong to several connections. */
interface Connection {
  readonly localPort: number;
  readonly remotePort: number;
}

/**
 * Finds the child of one of the processes that holds a loopback connection.
 * Linux only: https://www.kernel.org/doc/html/latest/networking/proc_net_tcp.html
 */
export function ownerOfConnection(connection: Connection, parents: readonly number[]): number | undefined {
  const socket = `socket:[${inodeOf(connection) ?? ""}]`;
  return parents.flatMap(processesBelow).find((pid) => openFiles(pid).includes(socket));
}

function inodeOf({ localPort, remotePort }: Connection): string | undefined {
  const hex = (port: number) => `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  for (const line of readFileSync("/proc/net/tcp", "utf8").split("\n")) {
    const [, local, remote, , , , , , , inode] = line.trim().split(/\s+/);
    if (local?.endsWith(hex(localPort)) === true && remote?.endsWith(hex(remotePort)) === true) return inode;
  }
  return undefined;
}
