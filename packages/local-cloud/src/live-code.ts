import { createHash } from "node:crypto";
import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  ResourceNotFoundException,
  UpdateAliasCommand,
  UpdateFunctionCodeCommand,
} from "@aws-sdk/client-lambda";
import { reproducibleZip } from "../../lambda-layer/src/zip";
import { localClientConfig } from "./aws-clients";
import type { LocalTarget } from "./child-environment";

/** A function with its names in the project and in Lambda. */
export interface DeployedFunction<Name extends string = string> {
  readonly name: Name;
  /** Its name in Lambda: `tasks-dev-api`. */
  readonly deployedAs: string;
}

/** The hash of a zip as Lambda reports it, `CodeSha256`. */
export const codeHash = (zip: Uint8Array): string => createHash("sha256").update(zip).digest("base64");

/** The code hash of each function's alias `live`; undefined where there is none. */
export async function liveCode<Name extends string>(
  target: LocalTarget,
  functions: readonly DeployedFunction<Name>[],
): Promise<Map<Name, string | undefined>> {
  const lambda = new LambdaClient(localClientConfig(target));
  const hashes = functions.map(async ({ name, deployedAs }): Promise<[Name, string | undefined]> => {
    const live = new GetFunctionConfigurationCommand({ FunctionName: deployedAs, Qualifier: "live" });
    try {
      return [name, (await lambda.send(live)).CodeSha256];
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return [name, undefined];
      throw error;
    }
  });
  return new Map(await Promise.all(hashes));
}

/**
 * Publishes the built zip of each function whose live code is another one. Terraform does not: it compares the build with
 * its state, which has the zip of the last apply.
 * @returns the names of these functions
 */
export async function publishBuild<Name extends string>(
  target: LocalTarget,
  functions: readonly DeployedFunction<Name>[],
  zipOf: (name: Name) => Uint8Array,
): Promise<Name[]> {
  const live = await liveCode(target, functions);
  const changed = functions.filter(({ name }) => live.get(name) !== codeHash(zipOf(name)));
  const lambda = new LambdaClient(localClientConfig(target));
  await Promise.all(changed.map(({ name, deployedAs }) => publishZip(lambda, deployedAs, zipOf(name))));
  return changed.map(({ name }) => name);
}

/** Publishes code as a new version of a function, and moves the alias `live` to it. */
export const publishCode = async (
  lambda: LambdaClient,
  FunctionName: string,
  code: Uint8Array,
): Promise<void> => publishZip(lambda, FunctionName, await reproducibleZip({ "index.js": code }));

async function publishZip(lambda: LambdaClient, FunctionName: string, ZipFile: Uint8Array): Promise<void> {
  const { Version } = await lambda.send(
    new UpdateFunctionCodeCommand({ FunctionName, ZipFile, Publish: true }),
  );
  await moveLive(lambda, FunctionName, Version);
}

/** Moves the alias `live` of a function to a version. */
export async function moveLive(lambda: LambdaClient, FunctionName: string, FunctionVersion?: string) {
  await lambda.send(new UpdateAliasCommand({ FunctionName, Name: "live", FunctionVersion }));
}
