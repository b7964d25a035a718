import type { ResolvedEnvironment } from "../../../deploy/policies/resolved-environment";
import { drawDashboard } from "./draw";
import { graphsOf } from "./definition";
import { EmbeddedMetrics } from "./embedded-metrics";
import { linesOf } from "./graph-lines";
import { simulateWork } from "./simulated-work";

export const picturePath = "docs/operations/dashboard.svg";

/** The picture of the dashboard: the graphs are those of the synthesized stack, the data those of simulated work. */
export async function dashboardPicture(resolved: ResolvedEnvironment): Promise<string> {
  const [dashboard] = resolved.all("aws_cloudwatch_dashboard");
  // Without alarms there is no dashboard.
  const all = dashboard === undefined ? [] : graphsOf(String(dashboard.attributes.dashboard_body));
  const { from, minutes, lines } = await simulateWork();
  const metrics = new EmbeddedMetrics(lines);
  const graphs = all
    .map((graph) => ({ ...graph, lines: linesOf(graph, metrics, from) }))
    .filter((graph) => graph.lines.length > 0);
  return drawDashboard({
    title: `Dashboard ${resolved.prefix}-service`,
    notes: [
      "Data: not of AWS. The functions' own code ran for a simulated hour, with a queue and a table in memory",
      "and an outage of SQS from 12:24 to 12:31. The graphs and thresholds are those of the synthesized dashboard;",
      `${all.length - graphs.length} of ${all.length} graphs show metrics of AWS services, and are left out.`,
    ],
    ...{ graphs, from, minutes },
  });
}
