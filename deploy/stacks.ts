import type { App } from "cdktf";
import { CoreStack } from "./10_core/core-stack";
import { InfraStack } from "./20_infra/infra-stack";
import { AppStack } from "./30_app/app-stack";
import type { EnvironmentConfig } from "./config/environment-config";

/** Adds the three stacks of an environment to an app. */
export const environmentStacks = (app: App, config: EnvironmentConfig) => ({
  core: new CoreStack(app, config),
  infra: new InfraStack(app, config),
  app: new AppStack(app, config),
});
