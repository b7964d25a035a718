import type { CoreOutputs } from "../../10_core/outputs";
import type { InfraOutputs } from "../../20_infra/outputs";
import type { EnvironmentConfig } from "../../config/environment-config";
import type { Naming } from "../../shared/naming";
import { serviceVersion } from "../release";
import type { LogLevels } from "./service-function";

/** What the three functions of an environment are built from. */
export interface FunctionContext {
  readonly config: EnvironmentConfig;
  readonly nameOf: Naming;
  readonly core: CoreOutputs;
  readonly infra: InfraOutputs;
  readonly layerArn: string;
}

/** The least severe entries of a function's log that Lambda keeps. */
export const logLevels = ({ config }: FunctionContext): LogLevels => ({
  application: config.app.log_level,
  system: config.app.system_log_level,
});

/** Environment variables of every function. */
export const commonVariables = (service: string, { config, infra }: FunctionContext) => ({
  SERVICE_NAME: service,
  SERVICE_VERSION: serviceVersion,
  LOG_LEVEL: config.app.log_level,
  TASK_QUEUE_URL: infra.task_queue_url,
  TABLE_NAME: infra.table_name,
});
