import { existsSync } from "node:fs";
import { join } from "node:path";
import { loadEnvironment } from "../../deploy/config/load-environment";
import { root } from "../build/paths";
import { wrongUsage } from "../core/errors";
import type { Target } from "../core/target";
import { runCdktf } from "../local/cdktf";
import { changeStacks } from "../local/deploy-locally";
import { localHome } from "../../packages/local-cloud/src/home";
import { stopOnInterrupt, under } from "../../packages/local-cloud/src/interrupt";
import { withLocalCloud } from "../local/local-cloud";
import { Phases } from "../../packages/local-cloud/src/phases";
import { assertUnprotected } from "../local/protection";
import { withTerraform } from "../../packages/local-cloud/src/terraform";

/**
 * Makes sure that an environment may be destroyed.
 * @param confirmation the environment's name once more, if it was given
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

/** Destroys the copy that `npm start` has deployed on this machine. It starts the emulator for that. */
export async function destroyLocally(environment: string, port: number): Promise<void> {
  const home = localHome();
  if (!existsSync(home.emulatorState)) {
    console.log(
      `There is no local cloud in ${home.folder}; nothing to destroy. (For an account at AWS: --aws)`,
    );
    return;
  }
  const phases = new Phases();
  const signal = stopOnInterrupt();
  await withLocalCloud({ home, environment, port, phases, signal }, (cloud) =>
    under(cloud.signal, () =>
      phases.run("destroy", (report) =>
        changeStacks(cloud, home, environment, parametersFor(environment), report),
      ),
    ),
  );
}

/** @param keepCore leaves the core layer, with the roles of the workflows */
export async function destroyAtAws({ account, confirm }: Target, keepCore: boolean): Promise<void> {
  await confirm("All tasks in it will be lost. Continue?");
  const env = await withTerraform(process.env);
  const parameters = parametersFor(account.config.name, keepCore);
  await new Phases().run("destroy", (report) =>
    runCdktf({ parameters, env, log: join(root, "destroy.log"), report }),
  );
}
