import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { taskSecrets } from "@serverless-tasks/functions/worker/handlers";
import { naming } from "../../deploy/shared/naming";
import { build } from "../build/build";
import { fillEmptySecrets } from "../operations/set-secret";
import { defaultBuildFolder, type FunctionName } from "../build/paths";
import {
  deployedFunctions,
  fingerprint,
  forgetApplied,
  readApplied,
  readOutputs,
  writeApplied,
  type AppOutputs,
  type Applied,
} from "./applied";
import { apiAddress } from "../../packages/local-cloud/src/api-address";
import { localClientConfig } from "../../packages/local-cloud/src/aws-clients";
import { runCdktf } from "./cdktf";
import { readStateVersions } from "./state-versions";
import { liveCode, publishBuild } from "../../packages/local-cloud/src/live-code";
import { FunctionLogs, type LoggedLine } from "../../packages/local-cloud/src/function-logs";
import type { LocalPaths } from "../../packages/local-cloud/src/local-paths";
import { under } from "../../packages/local-cloud/src/interrupt";
import type { LocalCloud, LocalCloudOptions } from "./local-cloud";
import { identityOf } from "../../packages/local-cloud/src/process-identity";
import { checkHealth, checkTask } from "./smoke-test";

/**
 * Deploys the environment unless it is up to date.
 * @param printLog prints the functions' logs when the API does not respond as expected
 * @returns the app layer's outputs
 * @throws {LocalCloudError}
 */
export function deployLocally(
  cloud: LocalCloud,
  options: LocalCloudOptions,
  printLog: PrintLog = () => undefined,
): Promise<AppOutputs> {
  return under(cloud.signal, () => deployIfChanged(cloud, options, printLog));
}

type PrintLog = (line: LoggedLine<FunctionName>) => void;

async function deployIfChanged(
  cloud: LocalCloud,
  { paths, environment, steps, store }: LocalCloudOptions,
  printLog: PrintLog,
): Promise<AppOutputs> {
  const { target, signal } = cloud;
  await steps.run("build", async () => {
    await build();
  });
  signal.throwIfAborted();
  const wanted = fingerprint([target.endpoint, ...(store === undefined ? [] : [store])].join(" "));
  const current = await steps.run("code", async (report) => {
    await restoreSettings(cloud, paths, report);
    return stillApplied(cloud, readApplied(paths, environment), wanted, report);
  });
  if (current !== undefined) return current;
  const outputs = await steps.run("deploy", (report) => deploy(cloud, paths, environment, report));
  const logs = new FunctionLogs(
    new CloudWatchLogsClient(localClientConfig(target)),
    deployedFunctions(outputs),
  );
  await steps.run("check", async (report) => {
    const url = apiAddress(outputs.api_url, target.endpoint);
    try {
      await checkHealth(url, signal);
      // APIs with authorization reject this request.
      if (cloud.config.app.authorization === "none") report(await checkTask(url, signal));
    } catch (error) {
      for (const line of await logs.unread()) printLog(line);
      throw error;
    }
  });
  const versions = await readStateVersions(cloud);
  writeApplied(paths, environment, { fingerprint: wanted, outputs, versions });
  return outputs;
}

/** Restores the settings of functions and queues that a killed process has changed for a time. */
async function restoreSettings(
  { target }: Pick<LocalCloud, "target">,
  paths: LocalPaths,
  report: (line: string) => void,
): Promise<void> {
  if (!existsSync(paths.temporarySettings)) return;
  const { temporarySettings } = await import("./temporary-settings.js");
  await temporarySettings(localClientConfig(target), paths).restore();
  report("restored the settings that a killed process had changed");
}

/**
 * Checks whether the deployment is up to date: its inputs are unchanged, the emulator still holds it, and the API is
 * healthy. A function that runs other code than the build, as after `npm run dev`, is updated.
 * @returns the outputs in that case
 */
export async function stillApplied(
  cloud: Pick<LocalCloud, "config" | "target" | "signal">,
  applied: Applied | undefined,
  wanted: string,
  report: (line: string) => void,
): Promise<AppOutputs | undefined> {
  if (applied?.fingerprint !== wanted) return undefined;
  const { outputs, versions } = applied;
  if (!isDeepStrictEqual(await readStateVersions(cloud), versions)) return undefined;
  const live = await liveCode(cloud.target, deployedFunctions(outputs));
  if ([...live.values()].includes(undefined)) return undefined;
  await restoreCode(cloud, outputs, report);
  return checkHealth(apiAddress(outputs.api_url, cloud.target.endpoint), cloud.signal).then(
    () => outputs,
    () => undefined,
  );
}

/** Updates functions that run other code than the build. */
async function restoreCode(
  { target }: Pick<LocalCloud, "target">,
  outputs: AppOutputs,
  report: (line: string) => void,
): Promise<void> {
  const zipOf = (name: FunctionName) => readFileSync(join(defaultBuildFolder, `${name}.zip`));
  const restored = await publishBuild(target, deployedFunctions(outputs), zipOf);
  if (restored.length > 0) report(`${restored.join(", ")} ran other code than the build: updated`);
}

/** The local cloud has no values for secrets: random ones are set. */
async function fillSecrets({ config, target }: LocalCloud, report: (line: string) => void): Promise<void> {
  const client = new SecretsManagerClient(localClientConfig(target));
  for (const id of await fillEmptySecrets(client, taskSecrets.map(naming(config))))
    report(`${id} has a random value`);
}

async function deploy(
  cloud: LocalCloud,
  paths: LocalPaths,
  environment: string,
  report: (line: string) => void,
): Promise<AppOutputs> {
  const parameters = ["deploy", `*-${environment}`, "--auto-approve", "--outputs-file", paths.outputs];
  await changeStacks(cloud, paths, environment, parameters, report);
  await fillSecrets(cloud, report);
  const outputs = readOutputs(paths.outputs, environment);
  await restoreCode(cloud, outputs, report);
  return outputs;
}

/**
 * Runs a cdktf command that changes the environment's stacks. If it is interrupted, the emulator's state does not match
 * Terraform's, and is not kept.
 * @throws {LocalCloudError}
 */
export async function changeStacks(
  { env, lock, signal }: Pick<LocalCloud, "env" | "lock" | "signal">,
  paths: LocalPaths,
  environment: string,
  parameters: readonly string[],
  report: (line: string) => void,
): Promise<void> {
  signal.throwIfAborted();
  forgetApplied(paths, environment);
  const onStart = (pid: number) => {
    lock.update({ deployment: identityOf(pid) });
  };
  try {
    await runCdktf({ parameters, env, log: paths.deployLog, report, signal, onStart });
  } finally {
    if (!signal.aborted) lock.update({ deployment: undefined });
  }
}
