import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  ResourceNotFoundException,
} from "@aws-sdk/client-lambda";
import { layers } from "../../deploy/shared/layers";
import { parseState } from "../../packages/terraform-backend/src/state-file";
import { deployedFunctions, type AppOutputs } from "./applied";
import { localClientConfig, stateClients } from "../../packages/local-cloud/src/aws-clients";
import type { LocalCloud } from "./local-cloud";
import { stateText } from "./state-digest";

/** Versions by which a later start recognizes that the emulator still holds a deployment. */
export type DeployedVersions = Readonly<Record<string, string>>;

/** Reads the serial of each layer's state, and the code hash of each function's alias `live`. */
export async function readDeployedVersions(
  { config, target }: Pick<LocalCloud, "config" | "target">,
  outputs: AppOutputs,
): Promise<DeployedVersions> {
  const clients = stateClients(localClientConfig(target));
  const lambda = new LambdaClient(localClientConfig(target));
  const states = layers.map(async (layer): Promise<[string, string]> => {
    const state = parseState((await stateText(config.backends[layer], clients)) ?? "");
    return [`state of ${layer}`, state === undefined ? "none" : `${state.lineage} ${state.serial}`];
  });
  const functions = deployedFunctions(outputs).map(async ({ deployedAs }): Promise<[string, string]> => [
    `code of ${deployedAs}`,
    (await liveCode(lambda, deployedAs)) ?? "none",
  ]);
  return Object.fromEntries(await Promise.all([...states, ...functions]));
}

async function liveCode(lambda: LambdaClient, FunctionName: string): Promise<string | undefined> {
  try {
    const live = new GetFunctionConfigurationCommand({ FunctionName, Qualifier: "live" });
    return (await lambda.send(live)).CodeSha256;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}
