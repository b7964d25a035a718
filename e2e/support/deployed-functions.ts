import { createHash } from "node:crypto";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { GetFunctionConfigurationCommand, type LambdaClient } from "@aws-sdk/client-lambda";
import { defaultBuildFolder, functionNames, type FunctionName } from "../../scripts/build/paths";

/** The version that the alias `live` of each function points to: hash of its code, role and layers. */
export const liveFunctions = (lambda: LambdaClient, environment: string) =>
  Promise.all(
    functionNames.map(async (name) => {
      const { CodeSha256, Role, Layers } = await lambda.send(
        new GetFunctionConfigurationCommand({
          FunctionName: `tasks-${environment}-${name}`,
          Qualifier: "live",
        }),
      );
      return {
        name,
        CodeSha256,
        role: Role?.split("/").at(-1),
        layers: Layers?.map(({ Arn }) => Arn?.split(":")[6]),
      };
    }),
  );

export const builtHash = (name: FunctionName): string =>
  createHash("sha256")
    .update(readFileSync(join(defaultBuildFolder, `${name}.zip`)))
    .digest("base64");

/** Ids of the child processes of a process. */
export const processesBelow = (pid: number): number[] =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && parentOf(name) === pid)
    .map(Number);

/** Paths of the programs that its child processes run. */
export const programsBelow = (pid: number): string[] =>
  processesBelow(pid).map((child) => readlinkSync(`/proc/${child}/exe`));

function parentOf(pid: string): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return undefined;
  }
}
