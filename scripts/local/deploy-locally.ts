import { isDeepStrictEqual } from "node:util";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { taskSecrets } from "@serverless-tasks/functions/worker/handlers";
import { naming } from "../../deploy/shared/naming";
import { build } from "../build/build";
import { fillEmptySecrets } from "../operations/set-secret";
import type { FunctionName } from "../build/paths";
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
import { readHoldings } from "./holdings";
import { FunctionLogs, type LoggedLine } from "../../packages/local-cloud/src/function-logs";
import type { Home } from "../../packages/local-cloud/src/home";
import { under } from "../../packages/local-cloud/src/interrupt";
import type { LocalCloud, LocalCloudOptions } from "./local-cloud";
import { identityOf } from "../../packages/local-cloud/src/process-identity";
import { checkHealth, checkTask } from "./smoke-test";

/**
 * Brings the environment up to date, or finds that it is.
 * @param printLog prints what functions have logged when the API does not respond as expected
 * @returns the app layer's outputs
 * @throws {LocalCloudError}
 */
export function deployLocally(
  cloud: LocalCloud,
  options: LocalCloudOptions,
  printLog: PrintLog = () => undefined,
): Promise<AppOutputs> {
  return under(cloud.signal, () => bringUpToDate(cloud, options, printLog));
}

type PrintLog = (line: LoggedLine<FunctionName>) => void;

async function bringUpToDate(
  cloud: LocalCloud,
  { home, environment, phases }: LocalCloudOptions,
  printLog: PrintLog,
): Promise<AppOutputs> {
  const { target, signal } = cloud;
  await phases.run("build", async () => {
    await build();
  });
  signal.throwIfAborted();
  const wanted = fingerprint(target.endpoint);
  const current = await stillApplied(cloud, readApplied(home, environment), wanted);
  if (current !== undefined) return current;
  const outputs = await phases.run("deploy", (report) => deploy(cloud, home, environment, report));
  const logs = new FunctionLogs(target, deployedFunctions(outputs));
  await phases.run("answer", async (report) => {
    const url = apiAddress(outputs.api_url, target.endpoint);
    try {
      await checkHealth(url, signal);
      // Other APIs take authorized calls only.
      if (cloud.config.app.authorization === "none") report(await checkTask(url, signal));
    } catch (error) {
      for (const line of await logs.unread()) printLog(line);
      throw error;
    }
  });
  const holdings = await readHoldings(cloud, outputs);
  writeApplied(home, environment, { fingerprint: wanted, outputs, holdings });
  return outputs;
}

/**
 * Whether nothing has to be deployed: the sources are those that were applied last, the emulator holds what was applied
 * then, and the API responds.
 * @returns the outputs in that case
 */
export async function stillApplied(
  cloud: Pick<LocalCloud, "config" | "target" | "signal">,
  applied: Applied | undefined,
  wanted: string,
): Promise<AppOutputs | undefined> {
  if (applied?.fingerprint !== wanted) return undefined;
  const { outputs, holdings } = applied;
  if (!isDeepStrictEqual(await readHoldings(cloud, outputs), holdings)) return undefined;
  return checkHealth(apiAddress(outputs.api_url, cloud.target.endpoint), cloud.signal).then(
    () => outputs,
    () => undefined,
  );
}

/** On this machine there are no values for them. */
async function fillSecrets({ config, target }: LocalCloud, report: (line: string) => void): Promise<void> {
  const client = new SecretsManagerClient(localClientConfig(target));
  for (const id of await fillEmptySecrets(client, taskSecrets.map(naming(config))))
    report(`${id} has a random value`);
}

async function deploy(
  cloud: LocalCloud,
  home: Home,
  environment: string,
  report: (line: string) => void,
): Promise<AppOutputs> {
  const parameters = ["deploy", `*-${environment}`, "--auto-approve", "--outputs-file", home.outputs];
  await changeStacks(cloud, home, environment, parameters, report);
  await fillSecrets(cloud, report);
  return readOutputs(home.outputs, environment);
}

/**
 * Runs a cdktf that changes the environment's stacks. If it is cut off, what the emulator holds fits no state of
 * Terraform's, and is not kept.
 * @throws {LocalCloudError}
 */
export async function changeStacks(
  { env, lock, signal }: Pick<LocalCloud, "env" | "lock" | "signal">,
  home: Home,
  environment: string,
  parameters: readonly string[],
  report: (line: string) => void,
): Promise<void> {
  signal.throwIfAborted();
  forgetApplied(home, environment);
  const onStart = (pid: number) => {
    lock.note({ deployment: identityOf(pid) });
  };
  try {
    await runCdktf({ parameters, env, log: home.deployLog, report, signal, onStart });
  } finally {
    if (!signal.aborted) lock.note({ deployment: undefined });
  }
}
