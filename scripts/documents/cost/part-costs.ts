import { bucketNames } from "@serverless-tasks/functions/service";
import type { EnvironmentConfig } from "../../../deploy/config/environment-config";
import { exampleEnvironment } from "../../../deploy/testing/environments";
import { exampleParts, examplePostgres, exampleRecovery } from "../../../deploy/testing/example-settings";
import { pricesOf } from "../../../packages/aws-prices/src/prices";
import { monthlyCost, totalOf, type Line } from "./model";
import type { Scenario } from "./scenario";

/** An optional part: the example of prod with it, and without. */
interface Part {
  readonly name: string;
  readonly having: EnvironmentConfig;
  readonly without: EnvironmentConfig;
}

/** The parts that are compared; each with what it needs, such as the network of the stores. */
async function optionalParts(): Promise<Part[]> {
  const { infra = {}, ...others } = examplePostgres;
  const outside = { infra: { edge: undefined, network: undefined }, app: { in_network: "false" } };
  const [plain, network, postgres, cache] = await Promise.all([
    exampleEnvironment("prod", outside),
    exampleEnvironment("prod", { infra: { edge: undefined } }),
    exampleEnvironment("prod", { ...others, infra: { ...infra, edge: undefined, cache: undefined } }),
    exampleEnvironment("prod", { infra: { edge: undefined, cache: infra.cache } }),
  ]);
  const edge = await exampleEnvironment("prod", {
    ...outside,
    infra: { ...outside.infra, edge: exampleParts.edge },
  });
  // A bucket, which a team may have added, has no second region.
  const recovery = bucketNames.length > 0 ? undefined : await exampleEnvironment("prod", exampleRecovery);
  return [
    { name: "a network with endpoints", having: network, without: plain },
    { name: "PostgreSQL instead of the table, in the network", having: postgres, without: network },
    { name: "a cache, in the network", having: cache, without: network },
    { name: "CloudFront with a firewall", having: edge, without: plain },
    ...(recovery ? [{ name: "a second region", having: recovery, without: plain }] : []),
  ];
}

export interface PartCost {
  readonly name: string;
  /** Dollars a month that the part adds, in the order of the scenarios. */
  readonly added: readonly number[];
  readonly lines: readonly Line[];
}

/** What each optional part adds to the example of prod. */
export async function partCosts(scenarios: readonly Scenario[]): Promise<PartCost[]> {
  return (await optionalParts()).map(({ name, having, without }) => {
    const { prices } = pricesOf(having.core.region);
    const costs = (config: EnvironmentConfig) =>
      scenarios.map((scenario) => monthlyCost(config, scenario, prices));
    const before = costs(without).map(totalOf);
    const after = costs(having);
    return {
      name,
      added: after.map((lines, index) => totalOf(lines) - (before[index] ?? 0)),
      lines: after.flat(),
    };
  });
}
