import type { Layer } from "../shared/layers";
import type { AppConfig } from "./schemas/app";
import type { BackendConfig } from "./schemas/backend";
import type { CoreConfig } from "./schemas/core";
import type { InfraConfig } from "./schemas/infra";

/** The configuration of one environment, read from its six tfvars files. */
export interface EnvironmentConfig {
  /** Folder name: `dev`, `stage`, `prod`, … */
  readonly name: string;
  readonly core: CoreConfig;
  readonly infra: InfraConfig;
  readonly app: AppConfig;
  readonly backends: Readonly<Record<Layer, BackendConfig>>;
  /** In the configuration of the second region: the first region, for which it stands by. */
  readonly standbyOf?: string;
}
