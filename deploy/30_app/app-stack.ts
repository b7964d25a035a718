import type { Construct } from "constructs";
import { coreOutputs, presentCoreOutputs } from "../10_core/outputs";
import { infraOutputs } from "../20_infra/outputs";
import { LayerStack } from "../shared/layer-stack";
import type { EnvironmentConfig } from "../config/environment-config";
import { remoteState } from "../shared/state-backend";
import { publish, readOutputs, type Contract } from "../shared/state-contract";
import { apiFunction } from "./functions/api";
import { apiRoutes } from "./api-routes";
import type { FunctionContext } from "./lambda/function-settings";
import { producerFunction } from "./functions/producer";
import { scheduleTargets } from "./schedule-targets";
import { sharedLayer } from "./lambda/shared-layer";
import { workerFunction } from "./functions/worker";

/** Outputs of the app layer for operators and scripts. */
const appOutputs = {
  api_url: "string",
  api_function_name: "string",
  worker_function_name: "string",
  producer_function_name: "string",
  api_alias_arn: "string",
  worker_alias_arn: "string",
  producer_alias_arn: "string",
} as const satisfies Contract;

/** The functions and their triggers: routes of the HTTP API, the task queue, the schedule rules. */
export class AppStack extends LayerStack {
  constructor(scope: Construct, config: EnvironmentConfig) {
    super(scope, "app", config);
    const { nameOf } = this;
    const hasTable = config.infra.table.enabled;
    const core = readOutputs(
      remoteState(this, "core", config.backends.core),
      coreOutputs,
      presentCoreOutputs(config.core),
    );
    const infra = readOutputs(remoteState(this, "infra", config.backends.infra), infraOutputs, {
      table_name: hasTable,
      table_arn: hasTable,
    });

    this.configureProvider(core.tags.all);
    const context: FunctionContext = { config, nameOf, core, infra, layerArn: sharedLayer(this, nameOf).arn };
    const api = apiFunction(this, context);
    const worker = workerFunction(this, context);
    const producer = producerFunction(this, context);
    const hasCors = config.infra.http_api.cors_allow_origins.length > 0;
    apiRoutes(this, { nameOf, infra, api, config: config.app, hasCors });
    scheduleTargets(this, config.infra, infra, producer);

    publish(this, appOutputs, {
      api_url: infra.api_endpoint,
      api_function_name: api.function.functionName,
      worker_function_name: worker.function.functionName,
      producer_function_name: producer.function.functionName,
      api_alias_arn: api.live.arn,
      worker_alias_arn: worker.live.arn,
      producer_alias_arn: producer.live.arn,
    });
  }
}
