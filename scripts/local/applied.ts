import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { commit } from "../../deploy/30_app/release";
import { eachOf, namesWith } from "../../deploy/shared/each-of";
import { defaultBuildFolder, functionNames, root, type FunctionName } from "../build/paths";
import { replaceFile } from "../../packages/lambda-layer/src/write-files";
import type { LocalPaths } from "../../packages/local-cloud/src/local-paths";
import type { DeployedFunction } from "../../packages/local-cloud/src/live-code";
import { parseJson } from "../../packages/local-cloud/src/parse-json";

/** The outputs of the app layer that the local cloud uses; `cdktf deploy --outputs-file` writes them. */
const appOutputs = z.object({
  api_url: z.string(),
  ...eachOf(namesWith(functionNames, "function_name"), () => z.string()),
});
export type AppOutputs = z.output<typeof appOutputs>;

/** The functions, with their names in the project and in Lambda. */
export const deployedFunctions = (outputs: AppOutputs): DeployedFunction<FunctionName>[] =>
  functionNames.map((name) => ({ name, deployedAs: outputs[`${name}_function_name`] }));

const appliedFile = z.object({
  fingerprint: z.string(),
  outputs: appOutputs,
  /** See `readStateVersions`. */
  versions: z.record(z.string(), z.string()),
});
export type Applied = z.output<typeof appliedFile>;

/** Inputs of a deployment in addition to the zips: the stacks' sources and values, and the tools. */
const inputs = ["deploy", "functions", "cdktf.json", "package.json", "package-lock.json"];

/** A hash of all inputs of a deployment. */
export function fingerprint(endpoint: string): string {
  const hash = createHash("sha256").update(`${endpoint}\n${commit()}\n`);
  const zips = filesIn(defaultBuildFolder).filter((path) => path.endsWith(".zip"));
  for (const path of [...inputs.flatMap((name) => filesIn(join(root, name))), ...zips].sort()) {
    hash.update(`${path}\n`).update(readFileSync(path));
  }
  return hash.digest("hex");
}

function filesIn(path: string): string[] {
  if (!statSync(path).isDirectory()) return path.endsWith(".test.ts") ? [] : [path];
  return readdirSync(path)
    .filter((name) => name !== "node_modules")
    .flatMap((name) => filesIn(join(path, name)));
}

/** The record of the last deployment; undefined if it is missing or invalid. */
export function readApplied(paths: LocalPaths, environment: string): Applied | undefined {
  const path = paths.applied(environment);
  if (!existsSync(path)) return undefined;
  return appliedFile.safeParse(parseJson(readFileSync(path, "utf8"))).data;
}

export function writeApplied(paths: LocalPaths, environment: string, applied: Applied): void {
  replaceFile(paths.applied(environment), Buffer.from(JSON.stringify(applied, null, 2)));
}

export const forgetApplied = (paths: LocalPaths, environment: string): void => {
  rmSync(paths.applied(environment), { force: true });
};

/** The app layer's outputs in a file of `cdktf deploy --outputs-file`. */
export function readOutputs(path: string, environment: string): AppOutputs {
  const stacks = z
    .record(z.string(), z.object({ outputs: z.unknown() }))
    .parse(JSON.parse(readFileSync(path, "utf8")));
  return appOutputs.parse(stacks[`app-${environment}`]?.outputs);
}
