import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import type { Construct } from "constructs";
import { graphWidget } from "../shared/alarms";
import { globalSuffix } from "../shared/naming";
import type { FunctionContext } from "./lambda/function-settings";
import { serviceGraphs } from "./service-metrics";

/** The alarm on what users of the functions notice, and the dashboard of all layers, when tfvars enable alarms. */
export function serviceHealth(
  scope: Construct,
  { config, nameOf, core, infra, alarms }: FunctionContext,
): void {
  const unhealthyArn = alarms.compose(scope, nameOf("service-unhealthy"));
  if (infra.unhealthy_alarm_arn === undefined || unhealthyArn === undefined) return;
  const state = {
    ...{ type: "alarm", width: 24, height: 2 },
    properties: { title: "Service", alarms: [infra.unhealthy_alarm_arn, unhealthyArn] },
  };
  const own = [state, ...serviceGraphs(config).map((graph) => graphWidget(core.region, graph))];
  new CloudwatchDashboard(scope, "dashboard", {
    dashboardName: `${nameOf("service")}${globalSuffix(config)}`,
    dashboardBody: `{"widgets":[${JSON.stringify(own).slice(1, -1)},${infra.dashboard_widgets},${alarms.widgets}]}`,
  });
}
