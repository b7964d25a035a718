import { existsSync } from "node:fs";
import { join } from "node:path";
import { loadEnvironment } from "../../deploy/config/load-environment";
import { root } from "../build/paths";
import { wrongUsage } from "../core/errors";
import type { Target } from "../core/target";
import { runCdktf } from "../local/cdktf";
import { changeStacks } from "../local/deploy-locally";
import { localPaths } from "../../packages/local-cloud/src/local-paths";
import { stopOnInterrupt, under } from "../../packages/local-cloud/src/interrupt";
import { withLocalCloud } from "../local/local-cloud";
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

const parametersFor = (environment: string, keepCore = false) => [
  "destroy",
  ...(keepCore ? [`infra-${environment}`, `app-${environment}`] : [`*-${environment}`]),
  "--auto-approve",
];

/** Destroys the local deployment of `npm start`. Starts the emulator for that. */
export async function destroyLocally(environment: string, port: number): Promise<void> {
  const paths = localPaths();
  if (!existsSync(paths.emulatorState)) {
    console.log(
      `There is no local cloud in ${paths.folder}; nothing to destroy. (For the AWS account, add --aws.)`,
    );
    return;
  }
  const steps = new StepReporter();
  const signal = stopOnInterrupt();
  await withLocalCloud({ paths, environment, port, steps, signal }, (cloud) =>
    under(cloud.signal, () =>
      steps.run("destroy", (report) =>
        changeStacks(cloud, paths, environment, parametersFor(environment), report),
      ),
    ),
  );
}

/** @param keepCore keeps the core layer, with the roles of the workflows */
export async function destroyAtAws({ account, confirm }: Target, keepCore: boolean): Promise<void> {
  await confirm("All tasks in it will be lost. Continue?");
  const env = await withTerraform(process.env);
  const parameters = parametersFor(account.config.name, keepCore);
  await new StepReporter().run("destroy", (report) =>
    runCdktf({ parameters, env, log: join(root, "destroy.log"), report }),
  );
}
