import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

/** Shell, tsx and npx may be between the CLI and this process; ancestors beyond that are not examined. */
const furthestAncestor = 6;

/**
 * Whether the command line is `cdktf deploy <this stack>`, without other stacks.
 *
 * cdktf does not deploy one of several stacks that depend on each other without a flag, and does not pass the
 * requested stacks to the program. `cdktf deploy core-dev` must work as typed, so this function reads the command
 * lines of the parent processes. When they cannot be read, the dependency remains and cdktf reports its flag.
 */
export function isDeployedAlone(stackId: string, commandLines = ancestors(process.ppid)): boolean {
  const cli = commandLines.find((words) => words.some((word) => /(^|[\\/])cdktf(\.js)?$/.test(word)));
  if (cli === undefined) return false;
  const command = cli.slice(cli.findIndex((word) => /(^|[\\/])cdktf(\.js)?$/.test(word)) + 1);
  const stacks = command.filter((word) => word.includes("*") || /^(core|infra|app)-/.test(word));
  return command[0] === "deploy" && stacks.length === 1 && stacks[0] === stackId;
}

/** The command lines, as words, of a process and of those above it. */
function ancestors(pid: number, depth = furthestAncestor): string[][] {
  if (depth === 0 || pid <= 1) return [];
  const { parent, words } = processInfo(pid);
  return [words, ...ancestors(parent, depth - 1)];
}

function processInfo(pid: number): { parent: number; words: string[] } {
  try {
    return existsSync("/proc/self/stat") ? fromProc(pid) : fromPs(pid);
  } catch {
    return { parent: 0, words: [] };
  }
}

function fromProc(pid: number) {
  // "<pid> (<name>) <state> <parent> …": the name may hold anything, so count from its closing parenthesis.
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const parent = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
  return { parent, words: readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").filter(Boolean) };
}

function fromPs(pid: number) {
  const output = execFileSync("ps", ["-o", "ppid=,command=", "-p", String(pid)], { encoding: "utf8" });
  const [parent, ...words] = output.trim().split(/\s+/);
  return { parent: Number(parent), words };
}
