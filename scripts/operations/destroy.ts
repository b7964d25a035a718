import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { loadEnvironment } from "../../deploy/config/load-environment";
import type { EnvironmentConfig } from "../../deploy/config/environment-config";
import { standbyConfig } from "../../deploy/config/standby-config";
import { layers, type Layer } from "../../deploy/shared/layers";
import { stackId } from "../../deploy/shared/naming";
import { root } from "../build/paths";
import { wrongUsage } from "../core/errors";
import type { Target } from "../core/target";
import { runCdktf } from "../local/cdktf";
import { readChosenStore, writeChosenStore } from "../local/chosen-store";
import { changeStacks } from "../local/deploy-locally";
import { localPaths } from "../../packages/local-cloud/src/local-paths";
import { stopOnInterrupt, under } from "../../packages/local-cloud/src/interrupt";
import { databaseFolder, withLocalCloud } from "../local/local-cloud";
import { StepReporter } from "../../packages/local-cloud/src/step-reporter";
import { assertUnprotected } from "../local/protection";
import { withTerraform } from "../../packages/local-cloud/src/terraform";

/**
 * Asserts that an environment may be destroyed.
 * @param confirmation the value of --confirm, which must be the environment's name
 */
export async function assertDestroyable(environment: string, confirmation?: string): Promise<void> {
  assertUnprotected(await loadEnvironment(environment));
  if (confirmation !== undefined && confirmation !== environment)
    throw wrongUsage(`Expected --confirm ${environment}, found "${confirmation}". Nothing was destroyed.`);
}

/** The outcome of the command. */
interface Destroyed {
  readonly destroyed: readonly string[];
}

const parametersFor = (stacks: readonly string[]) => ["destroy", ...stacks, "--auto-approve"];

/** Destroys the local deployment of `npm start`. Starts the emulator for that. */
export async function destroyLocally(environment: string, port: number): Promise<Destroyed> {
  const paths = localPaths();
  if (!existsSync(paths.emulatorState)) {
    console.log(
      `There is no local cloud in ${paths.folder}; nothing to destroy. (For the AWS account, add --aws.)`,
    );
    return { destroyed: [] };
  }
  const destroyed = layers.map((layer) => stackId(layer, environment));
  const steps = new StepReporter();
  const signal = stopOnInterrupt();
  const store = readChosenStore(paths, environment);
  await withLocalCloud({ paths, environment, store, port, steps, signal }, (cloud) =>
    under(cloud.signal, () =>
      steps.run("destroy", (report) =>
        changeStacks(cloud, paths, environment, parametersFor(destroyed), report),
      ),
    ),
  );
  // The emulator's cluster has no data of its own: the server of `npm start -- --store postgres` has.
  rmSync(databaseFolder(paths, environment), { recursive: true, force: true });
  writeChosenStore(paths, environment, undefined);
  return { destroyed };
}

/**
 * The stacks of an environment, in the runs that destroy them: cdktf orders those of one region. With a second region the
 * core layers are destroyed by a second run, since the table of the first region's stack has a copy that is encrypted with
 * the second's key. That run names the others too: cdktf destroys no stack without those that depend on it.
 */
export function stacksToDestroy(config: EnvironmentConfig, keepCore: boolean): string[][] {
  const standby = standbyConfig(config);
  const stacksOf = (of: readonly Layer[]) => [
    ...of.map((layer) => stackId(layer, config.name)),
    ...(standby === undefined ? [] : of.map((layer) => stackId(layer, config.name, standby.core.region))),
  ];
  const others = layers.filter((layer) => layer !== "core");
  if (keepCore) return [stacksOf(others)];
  return standby === undefined ? [stacksOf(layers)] : [stacksOf(others), stacksOf(layers)];
}

/** @param keepCore keeps the core layer, with the roles of the workflows */
export async function destroyAtAws({ account, confirm }: Target, keepCore: boolean): Promise<Destroyed> {
  await confirm("All tasks in it will be lost. Continue?");
  const env = await withTerraform(process.env);
  const runs = stacksToDestroy(account.config, keepCore);
  await new StepReporter().run("destroy", async (report) => {
    for (const stacks of runs)
      await runCdktf({ parameters: parametersFor(stacks), env, log: join(root, "destroy.log"), report });
  });
  return { destroyed: runs.at(-1) ?? [] };
}
