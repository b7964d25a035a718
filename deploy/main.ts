import { App } from "cdktf";
import { CoreStack } from "./10_core/core-stack";
import { InfraStack } from "./20_infra/infra-stack";
import { AppStack } from "./30_app/app-stack";
import { environmentNames } from "./config/environments";
import { ConfigurationError, unknownEnvironment } from "./shared/errors";
import { assertAcrossEnvironments } from "./config/rules/rules";
import { loadEnvironment } from "./config/load-environment";
import { isDeployedAlone } from "./shared/requested-stacks";

/** Synthesizes every environment, or the one that the variable ENVIRONMENT names. */
async function main(): Promise<void> {
  const known = environmentNames();
  const wanted = process.env.ENVIRONMENT;
  if (wanted !== undefined && !known.includes(wanted)) throw unknownEnvironment(wanted, known);
  const environments = await Promise.all(
    (wanted === undefined ? known : [wanted]).map((name) => loadEnvironment(name)),
  );
  assertAcrossEnvironments(environments);

  const app = new App();
  for (const config of environments) {
    const core = new CoreStack(app, config);
    const infra = new InfraStack(app, config);
    const functions = new AppStack(app, config);
    if (!isDeployedAlone(infra.node.id)) infra.addDependency(core);
    if (!isDeployedAlone(functions.node.id)) functions.addDependency(infra);
  }
  app.synth();
}

main().catch((error: unknown) => {
  console.error(error instanceof ConfigurationError ? error.message : error);
  process.exitCode = 1;
});
