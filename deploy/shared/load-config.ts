import type * as z from "zod";
import { appConfig, type AppConfig } from "../30_app/config";
import { coreConfig, type CoreConfig } from "../10_core/config";
import { infraConfig, type InfraConfig } from "../20_infra/config";
import { backendConfig, type BackendConfig } from "./backend-config";
import { displayPath, environmentNames, tfvarsPath, type Layer, type TfvarsFile } from "./environments";
import { unusableEnvironmentName } from "./errors";
import { assertInvariants } from "./invariants";
import { isEnvironmentName, longestPrefix } from "./naming";
import { readTfvars } from "./tfvars";

/** Everything tfvars say about one environment. */
export interface EnvironmentConfig {
  /** Folder name: `dev`, `stage`, `prod`, … */
  readonly name: string;
  readonly core: CoreConfig;
  readonly infra: InfraConfig;
  readonly app: AppConfig;
  readonly backends: Readonly<Record<Layer, BackendConfig>>;
}

/**
 * Reads and checks the six tfvars files of an environment.
 * @param root the `deploy` folder, other than this one in tests
 * @throws {ConfigurationError} when a file is missing or a value is not what its schema or an invariant asks for
 */
export async function loadEnvironment(name: string, root?: string): Promise<EnvironmentConfig> {
  const environments = environmentNames(root);
  const read = <Schema extends z.ZodType>(layer: Layer, file: TfvarsFile, schema: Schema) => {
    const path = tfvarsPath(layer, name, file, root);
    return readTfvars(path, displayPath(path, root), schema, environments);
  };
  const [core, infra, app, coreBackend, infraBackend, appBackend] = await Promise.all([
    read("core", "terraform", coreConfig),
    read("infra", "terraform", infraConfig),
    read("app", "terraform", appConfig),
    read("core", "backend", backendConfig),
    read("infra", "backend", backendConfig),
    read("app", "backend", backendConfig),
  ]);
  const config: EnvironmentConfig = {
    name,
    core,
    infra,
    app,
    backends: { core: coreBackend, infra: infraBackend, app: appBackend },
  };
  if (!isEnvironmentName(name, core.project))
    throw unusableEnvironmentName(name, core.project, longestPrefix);
  assertInvariants(config);
  return Object.freeze(config);
}
