import { format } from "prettier";
import type { EnvironmentConfig } from "../../deploy/config/environment-config";
import { markdownTable } from "../markdown-table";
import { monthlyCost, totalOf, type Line } from "./model";
import { priced, pricesOf, sourceOf, type Priced } from "./prices";
import { shippedScenarios, type Scenario } from "./scenario";

/** A month's cost of a scenario in an environment. */
export interface Estimate {
  readonly environment: string;
  readonly scenario: string;
  readonly lines: readonly Line[];
  readonly total: number;
  /** Undefined without tasks. */
  readonly ofAMillionTasks: number | undefined;
}

/** An estimate for each environment and scenario. */
export const estimates = (
  environments: readonly EnvironmentConfig[],
  scenarios: Readonly<Record<string, Scenario>>,
): Estimate[] =>
  Object.entries(scenarios).flatMap(([scenario, work]) =>
    environments.map((config) => {
      const lines = monthlyCost(config, work, pricesOf(config.core.region).prices);
      const total = totalOf(lines);
      const ofAMillionTasks = work.tasks === 0 ? undefined : (total / work.tasks) * 1_000_000;
      return { environment: config.name, scenario, lines, total, ofAMillionTasks };
    }),
  );

const dollars = (value: number) => `$${value.toFixed(2)}`;

/** The dollars of each service, in the order of the model. */
export function byService(lines: readonly Line[]): Map<string, number> {
  const services = new Map<string, number>();
  for (const { service, dollars } of lines) services.set(service, (services.get(service) ?? 0) + dollars);
  return services;
}

function scenarioTable(of: readonly Estimate[]): string {
  const services = [...new Set(of.flatMap(({ lines }) => lines.map(({ service }) => service)))];
  return markdownTable(
    ["$ a month", ...of.map(({ environment }) => environment)],
    [
      ...services.map((service) => [
        service,
        ...of.map(({ lines }) => dollars(byService(lines).get(service) ?? 0)),
      ]),
      ["**sum**", ...of.map(({ total }) => `**${dollars(total)}**`)],
      ...(of.every(({ ofAMillionTasks }) => ofAMillionTasks !== undefined)
        ? [["a million tasks", ...of.map(({ ofAMillionTasks = 0 }) => dollars(ofAMillionTasks))]]
        : []),
    ],
  );
}

/** For people at a terminal. */
export const costText = (all: readonly Estimate[]): Promise<string> =>
  format(
    [...new Set(all.map(({ scenario }) => scenario))]
      .map((name) => `${name}\n\n${scenarioTable(all.filter(({ scenario }) => scenario === name))}`)
      .join("\n\n"),
    { parser: "markdown", printWidth: 110 },
  );

/** `docs/cost.md`: everything in it is computed. */
export function costDocument(
  environments: readonly EnvironmentConfig[],
  scenarios: Readonly<Record<string, Scenario>>,
): Promise<string> {
  const all = estimates(environments, scenarios);
  const regions = [...new Set(environments.map(({ core }) => core.region))];
  const text = `# Cost

Made by \`npm run cost -- --write\`: the scenarios of [\`${shippedScenarios}\`](../${shippedScenarios}), the settings of each
environment's tfvars, and AWS's list prices. Nothing here was measured on a bill. Left out: free tiers, tiers for large
volumes, tax, data that leaves AWS, and Terraform's state, which are cents.

\`npm run cost -- --file mine.json\` takes other scenarios; \`--environment\`, \`--scenario\` and \`--json\` narrow and shape it.

${Object.entries(scenarios)
  .map(
    ([name, { tasks, readsOfATask, tasksOfABatch }]) => `## ${name}

${tasks.toLocaleString("en-US")} tasks a month, each asked for ${readsOfATask} times; ${tasksOfABatch} to a batch.

${scenarioTable(all.filter(({ scenario }) => scenario === name))}`,
  )
  .join("\n\n")}

## Prices

${regions
  .map((region) => {
    const { asOf, prices } = pricesOf(region);
    const rows = (Object.keys(priced) as Priced[]).map((name) => [
      `$${prices[name]}`,
      priced[name].what,
      sourceOf(name),
    ]);
    return `As published in ${asOf} for ${region}:\n\n${markdownTable(["price", "of what", "source"], rows)}`;
  })
  .join("\n\n")}
`;
  return format(text, { parser: "markdown", printWidth: 110 });
}
