import type { App } from "cdktf";
import { CoreStack } from "./10_core/core-stack";
import { InfraStack } from "./20_infra/infra-stack";
import { AppStack } from "./30_app/app-stack";
import type { EnvironmentConfig } from "./config/environment-config";
import { environmentNames } from "./config/environments";
import { unknownEnvironment } from "./config/errors";
import { loadEnvironment } from "./config/load-environment";
import { assertAcrossEnvironments } from "./config/rules/across-environments";
import { ConfigurationError } from "./shared/errors";
import { isDeployedAlone } from "./shared/requested-stacks";

/** Adds the three stacks of an environment to an app. */
export const environmentStacks = (app: App, config: EnvironmentConfig) => ({
  core: new CoreStack(app, config),
  infra: new InfraStack(app, config),
  app: new AppStack(app, config),
});

/**
 * Synthesizes the stacks of every environment, or of the one that the variable ENVIRONMENT names. Prints a
 * configuration error and sets the exit code to 1.
 */
export async function synthesizeEnvironments(createApp: () => App): Promise<void> {
  try {
    const environments = await Promise.all(requestedEnvironments().map((name) => loadEnvironment(name)));
    assertAcrossEnvironments(environments);

    const synthesized = createApp();
    for (const config of environments) {
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
