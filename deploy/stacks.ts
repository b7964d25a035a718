import type { App } from "cdktf";
import { CoreStack } from "./10_core/core-stack";
import { assertDeployable } from "./10_core/github/assert-deployable";
import { InfraStack } from "./20_infra/infra-stack";
import { AppStack } from "./30_app/app-stack";
import type { EnvironmentConfig } from "./config/environment-config";
import { environmentNames } from "./config/environments";
import { unknownEnvironment } from "./config/errors";
import { standbyConfig } from "./config/standby-config";
import { loadEnvironment } from "./config/load-environment";
import { assertAcrossEnvironments } from "./config/rules/across-environments";
import { ConfigurationError } from "./shared/errors";
import { namePrefix, standardTags } from "./shared/naming";
import { isDeployedAlone } from "./shared/requested-stacks";

/**
 * Adds the three stacks of an environment, in one of its regions, to an app.
 * @throws {ConfigurationError} when the pipeline's deploy role could not create one of the resources
 */
export function environmentStacks(app: App, config: EnvironmentConfig) {
  const core = new CoreStack(app, config);
  const infra = new InfraStack(app, config);
  const stacks = { core, infra, app: new AppStack(app, config) };
  const scope = {
    ...{ namePrefix: namePrefix(config), tags: standardTags(config), parts: config.infra },
    recoveryRegion: config.core.recovery?.region,
  };
  for (const layer of ["infra", "app"] as const) assertDeployable(stacks[layer], layer, scope);
  return stacks;
}

/**
 * Synthesizes the stacks of every environment, or of the one that the variable ENVIRONMENT names. Prints a
 * configuration error and sets the exit code to 1.
 * @param adapt changes configurations after they were checked
 */
export async function synthesizeEnvironments(
  createApp: () => App,
  adapt: (config: EnvironmentConfig) => EnvironmentConfig = (config) => config,
): Promise<void> {
  try {
    const environments = await Promise.all(
      requestedEnvironments().map(async (name) => adapt(await loadEnvironment(name))),
    );
    assertAcrossEnvironments(environments);

    const synthesized = createApp();
    const regions = environments
      .flatMap((config) => [config, standbyConfig(config)])
      .filter((config) => config !== undefined);
    for (const config of regions) {
      const { core, infra, app } = environmentStacks(synthesized, config);
      if (!isDeployedAlone(infra.node.id)) infra.addDependency(core);
      if (!isDeployedAlone(app.node.id)) app.addDependency(infra);
    }
    synthesized.synth();
  } catch (error) {
    console.error(error instanceof ConfigurationError ? error.message : error);
    process.exitCode = 1;
  }
}

function requestedEnvironments(): readonly string[] {
  const known = environmentNames();
  const requested = process.env.ENVIRONMENT;
  if (requested === undefined) return known;
  if (!known.includes(requested)) throw unknownEnvironment(requested, known);
  return [requested];
}
