import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { taskSecrets } from "@serverless-tasks/functions/worker/handlers";
import { loadEnvironment, type EnvironmentConfig } from "../../deploy/shared/load-config";
import { naming } from "../../deploy/shared/naming";
import { ensureStateStorage } from "../bootstrap/state-storage";
import { build } from "../build/build";
import { checkHealth, checkTask } from "./smoke-test";
import {
  fingerprint,
  forgetApplied,
  readApplied,
  readOutputs,
  writeApplied,
  type AppOutputs,
} from "./applied";
import { localClientConfig, stateClients } from "./aws-clients";
import { runCdktf } from "./cdktf";
import { childEnvironment, type LocalTarget } from "./child-environment";
import { fillEmptySecrets } from "../secrets/set-secret";
import { startEmulator, type Emulator } from "./emulator";
import type { Home } from "./home";
import { findEmulator } from "./ministack";
import type { Phases } from "./phases";
import { releaseStaleLocks } from "./stale-locks";
import { findTerraform, type TerraformTool } from "./terraform";

export interface LocalCloudOptions {
  readonly home: Home;
  readonly environment: string;
  readonly port: number;
  readonly phases: Phases;
}

/** One environment's account on an emulator, and the tools to apply stacks onto it. */
export interface LocalCloud {
  readonly config: EnvironmentConfig;
  readonly target: LocalTarget;
  readonly emulator: Emulator;
  readonly terraform: TerraformTool;
  /** For everything that is started against it. */
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Finds the tools, starts the emulator and sets up Terraform's state in it.
 * @throws {LocalCloudError} with nothing left running
 */
export async function openLocalCloud({
  home,
  environment,
  port,
  phases,
}: LocalCloudOptions): Promise<LocalCloud> {
  const config = await loadEnvironment(environment);
  const { region, allowed_account_ids } = config.core;
  // The emulator takes any id for an account of its own; the first that the environment allows will do.
  const [accountId = ""] = allowed_account_ids;
  const [terraform, program] = await phases.run("tools", (report) =>
    Promise.all([findTerraform(home), findEmulator(home, report)]),
  );
  const emulator = await phases.run("emulator", () =>
    startEmulator({ home, program, port, accountId, region }),
  );
  const target: LocalTarget = { endpoint: emulator.endpoint, accountId, region };
  try {
    await phases.run("state", (report) => prepareState(config, target, report));
    const env = {
      ...childEnvironment(target, terraform),
      ENVIRONMENT: environment,
      CDKTF_OUTPUT: home.stacks,
    };
    return { config, target, emulator, terraform, env };
  } catch (error) {
    await emulator.stop();
    throw error;
  }
}

async function prepareState(config: EnvironmentConfig, target: LocalTarget, report: (line: string) => void) {
  const clients = stateClients(localClientConfig(target));
  const { accountId: account } = target;
  await ensureStateStorage({ config, clients, account, demandTls: false, report: () => undefined });
  await releaseStaleLocks(config, clients, report);
}

/**
 * Brings the environment up to date, or sees that it is.
 * @returns the app layer's outputs
 * @throws {LocalCloudError}
 */
export async function deployLocally(
  cloud: LocalCloud,
  { home, environment, phases }: LocalCloudOptions,
): Promise<AppOutputs> {
  const { endpoint } = cloud.target;
  await phases.run("build", async () => {
    await build();
  });
  const wanted = fingerprint(endpoint);
  const applied = readApplied(home, environment);
  if (applied?.fingerprint === wanted) {
    const { outputs } = applied;
    const answers = await checkHealth(outputs.api_url, endpoint).then(
      () => true,
      () => false,
    );
    if (answers) return outputs;
  }
  const outputs = await phases.run("deploy", (report) => deploy(cloud, home, environment, report));
  await phases.run("answer", async (report) => {
    await checkHealth(outputs.api_url, endpoint);
    // Others take signed calls only; a person with credentials makes those.
    if (cloud.config.app.authorization === "none") report(await checkTask(outputs.api_url, endpoint));
  });
  writeApplied(home, environment, { fingerprint: wanted, outputs });
  return outputs;
}

/** On this machine nobody has values for them. */
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
  forgetApplied(home, environment);
  const outputsFile = `${home.stacks}.outputs.json`;
  const parameters = ["deploy", `*-${environment}`, "--auto-approve", "--outputs-file", outputsFile];
  await runCdktf({ parameters, env: cloud.env, log: home.deployLog, report });
  await fillSecrets(cloud, report);
  return readOutputs(outputsFile, environment);
}
