import { environmentNames } from "./config/environments";
import { loadEnvironment } from "./config/load-environment";
import { unknownEnvironment } from "./config/errors";
import { assertAcrossEnvironments } from "./config/rules/across-environments";
import { createApp } from "./emulator/create-app";
import { ConfigurationError } from "./shared/errors";
import { isDeployedAlone } from "./shared/requested-stacks";
import { environmentStacks } from "./stacks";

/** Synthesizes every environment, or the one that the variable ENVIRONMENT names. */
async function main(): Promise<void> {
  const known = environmentNames();
  const requested = process.env.ENVIRONMENT;
  if (requested !== undefined && !known.includes(requested)) throw unknownEnvironment(requested, known);
  const environments = await Promise.all(
    (requested === undefined ? known : [requested]).map((name) => loadEnvironment(name)),
  );
  assertAcrossEnvironments(environments);

  const synthesized = createApp();
  for (const config of environments) {
    const { core, infra, app } = environmentStacks(synthesized, config);
    if (!isDeployedAlone(infra.node.id)) infra.addDependency(core);
    if (!isDeployedAlone(app.node.id)) app.addDependency(infra);
  }
  synthesized.synth();
}

main().catch((error: unknown) => {
  console.error(error instanceof ConfigurationError ? error.message : error);
  process.exitCode = 1;
});
