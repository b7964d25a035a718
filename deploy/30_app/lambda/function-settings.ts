import type { CoreOutputs } from "../../10_core/outputs";
import type { InfraOutputs } from "../../20_infra/outputs";
import type { EnvironmentConfig } from "../../config/environment-config";
import type { Naming } from "../../shared/naming";
import { serviceVersion } from "../release";

type FunctionName = "api" | "worker" | "producer";

/** The configuration of the three functions of an environment. */
export interface FunctionContext {
  readonly config: EnvironmentConfig;
  readonly nameOf: Naming;
  readonly core: CoreOutputs;
  readonly infra: InfraOutputs;
  readonly layerArn: string;
}

/** Settings that all functions share, and those that differ by function name. */
export function commonSettings(name: FunctionName, { config, nameOf, core, layerArn }: FunctionContext) {
  const { memory_mb, reserved_concurrency } = config.app[name];
  return {
    name: nameOf(name),
    artifact: `${name}.zip` as const,
    layerArn,
    memoryMb: memory_mb,
    reservedConcurrency: reserved_concurrency,
    logLevels: { application: config.app.log_level, system: config.app.system_log_level },
    core,
  };
}

/** Environment variables of every function. */
export const commonVariables = (service: FunctionName, { config, infra }: FunctionContext) => ({
  SERVICE_NAME: service,
  SERVICE_VERSION: serviceVersion,
  LOG_LEVEL: config.app.log_level,
  TASK_QUEUE_URL: infra.task_queue_url,
  TABLE_NAME: infra.table_name,
});
