import { createHash } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { GetFunctionConfigurationCommand, type LambdaClient } from "@aws-sdk/client-lambda";
import { defaultBuildFolder, functionNames, type FunctionName } from "../../scripts/build/paths";
import { processesBelow } from "../../packages/fault-proxy/src/processes";
import { prefixOf } from "./names";

/** The version that the alias `live` of each function points to: hash of its code, role and layers. */
export const liveFunctions = (lambda: LambdaClient, environment: string) =>
  Promise.all(
    functionNames.map(async (name) => {
      const { CodeSha256, Role, Layers } = await lambda.send(
        new GetFunctionConfigurationCommand({
          FunctionName: `${prefixOf(environment)}-${name}`,
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

/** Paths of the programs that its child processes run. */
export const programsBelow = (pid: number): string[] =>
  processesBelow(pid).map((child) => readlinkSync(`/proc/${child}/exe`));
