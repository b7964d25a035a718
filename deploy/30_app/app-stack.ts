import { functionNames } from "@serverless-tasks/functions/service";
import type { Construct } from "constructs";
import { coreOutputs, presentCoreOutputs } from "../10_core/outputs";
import { infraOutputs, presentInfraOutputs } from "../20_infra/outputs";
import { LayerStack } from "../shared/layer-stack";
import type { EnvironmentConfig } from "../config/environment-config";
import { remoteState } from "../shared/state-backend";
import { mapOf, outputsOf, outputValues } from "../shared/each-of";
import { publish, readOutputs, type Contract } from "../shared/state-contract";
import { publicUrl } from "../20_infra/public-url";
import { apiRoutes } from "./api-routes";
import type { FunctionContext } from "./lambda/function-settings";
import { serviceFunctions } from "./functions/service-functions";
import { releaseVersions } from "./lambda/release";
import { scheduleTargets } from "./schedule-targets";
import { postgresLayer, sharedLayer } from "./lambda/shared-layer";
import { migrations } from "./store/migrations";
import { serviceHealth } from "./service-health";

/** Outputs of the app layer for operators and scripts. */
const appOutputs = {
  api_url: "string",
  /** The URL of API Gateway, when the API has a domain name. Callers on AWS cannot use it. */
  api_endpoint: "optional string",
  ...outputsOf(functionNames, ["function_name"]),
  ...outputsOf(functionNames, ["alias_arn"]),
} as const satisfies Contract;

/** The functions and their triggers: routes of the HTTP API, the task queue, the schedule rules. */
export class AppStack extends LayerStack {
  constructor(scope: Construct, config: EnvironmentConfig) {
    super(scope, "app", config);
    const { nameOf } = this;
    const core = readOutputs(
      remoteState(this, "core", config.backends.core),
      coreOutputs,
      presentCoreOutputs(config),
    );
    const infra = readOutputs(
      remoteState(this, "infra", config.backends.infra),
      infraOutputs,
      presentInfraOutputs(config),
    );

    this.configureProvider(core.tags.all);
    const alarms = this.alarms(core.alarm_topic_arn, core.region);
    const layerArn = sharedLayer(this, nameOf).arn;
    const base: FunctionContext = { config, nameOf, core, infra, layerArn, alarms };
    const migrated = migrations(this, base);
    const postgres = migrated && { layerArn: postgresLayer(this, nameOf).arn, migrated };
    const context: FunctionContext = { ...base, postgres };
    const functions = serviceFunctions(this, context);
    const all = mapOf(functionNames, (name) => functions[name]);
    const hasCors = config.infra.http_api.cors_allow_origins.length > 0;
    apiRoutes(this, { nameOf, infra, api: functions.api, config: config.app, hasCors });
    scheduleTargets(this, config.infra, infra, functions.producer);
    serviceHealth(this, context);
    releaseVersions(this, context, functions);

    publish(this, appOutputs, {
      api_url: publicUrl(config.infra) ?? infra.api_endpoint,
      api_endpoint: publicUrl(config.infra) && infra.api_endpoint,
      ...outputValues(all, {
        function_name: ({ function: { functionName } }) => functionName,
        alias_arn: ({ live }) => live.arn,
      }),
    });
  }
}
