import { bucketNames } from "@serverless-tasks/functions/service";
import { exampleEnvironment, synthesizedRegions } from "../../../deploy/testing/environments";
import { exampleRecovery } from "../../../deploy/testing/example-settings";
import { pricesOf, type Priced } from "../../../packages/aws-prices/src/prices";
import { monthlyCost, totalOf, type Line } from "./model";
import { alarmMetrics, metricsOfReplication, otherResources } from "./resources";
import { readScenarios } from "./scenario";
import { metricsOfAlarms } from "./testing/alarm-metrics";

const { prices } = pricesOf("eu-central-1");
const of = (lines: readonly Line[], price: Priced) => totalOf(lines.filter((line) => line.price === price));

// A bucket, which a team may have added, has no second region.
(bucketNames.length > 0 ? test.skip : test)(
  "a second region costs its writes and its data again, a key, alarms and a health check",
  async () => {
    const { small } = readScenarios();
    if (small === undefined) throw new Error("Expected a scenario small");
    const two = await exampleEnvironment("prod", exampleRecovery);
    const one = { ...two, core: { ...two.core, recovery: undefined } };
    const [once, twice] = [monthlyCost(one, small, prices), monthlyCost(two, small, prices)];
    for (const price of ["tableWrites", "tableStorage", "tableRecovery", "keys", "dashboards"] as const) {
      expect(of(once, price)).toBeGreaterThan(0);
      expect([price, of(twice, price)]).toEqual([price, 2 * of(once, price)]);
    }
    expect(of(twice, "healthChecks") + of(twice, "healthCheckOptions")).toBeCloseTo(2.5);
    // The health checkers' requests; nothing else runs in the second region.
    expect(of(twice, "apiRequests") - of(once, "apiRequests")).toBeCloseTo(15 * 6 * 60 * 730 * 1.2e-6);
    expect(of(twice, "queueRequests")).toBe(of(once, "queueRequests"));
    expect(synthesizedRegions(two).map(metricsOfAlarms)).toEqual([
      alarmMetrics(two) + metricsOfReplication(two, otherResources(two)),
      alarmMetrics(two),
    ]);
  },
);
