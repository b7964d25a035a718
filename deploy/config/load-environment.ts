import type * as z from "zod";
import type { Layer } from "../shared/layers";
import { isEnvironmentName, longestPrefix } from "../shared/naming";
import type { EnvironmentConfig } from "./environment-config";
import { displayPath, environmentNames, tfvarsPath, type TfvarsFile } from "./environments";
import { invalidEnvironmentName } from "./errors";
import { assertRules } from "./rules/rules";
import { appConfig } from "./schemas/app";
import { backendConfig } from "./schemas/backend";
import { coreConfig } from "./schemas/core";
import { infraConfig } from "./schemas/infra";
import { readTfvars } from "./tfvars/read-tfvars";

/**
 * Reads and checks the six tfvars files of an environment.
 * @param root the `deploy` folder; tests use a copy
 * @throws {ConfigurationError} when a file is missing, or a value violates its schema or a rule
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
  if (!isEnvironmentName(name, core.project)) throw invalidEnvironmentName(name, core.project, longestPrefix);
  assertRules(config);
  return Object.freeze(config);
}
