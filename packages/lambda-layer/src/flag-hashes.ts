import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { lambdaFlags } from "./lambda-flags";

/** Reads V8's flag hash from the header of a code cache; see runtime.ts. */
const program = `process.stdout.write(String(new (require("node:vm").Script)("").createCachedData().readUInt32LE(12)))`;

/**
 * V8's flag hashes under the flags with which Lambda starts Node, for each memory size.
 * @param node path of Node
 * @param memorySizes in MB
 */
export async function flagHashes(node: string, memorySizes: readonly number[]): Promise<number[]> {
  const run = promisify(execFile);
  const hashes = await Promise.all(
    memorySizes.map(async (size) => Number((await run(node, [...lambdaFlags(size), "-e", program])).stdout)),
  );
  return [...new Set(hashes)].sort((a, b) => a - b);
}
