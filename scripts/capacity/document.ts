import { format } from "prettier";
import type { EnvironmentConfig } from "../../deploy/config/environment-config";
import { markdownTable } from "../markdown-table";
import { limits, readOn, type Stated } from "./limits";
import { allWrites, carries, needs, writesOfATask, type Scenario } from "./model";

/** Measured on the emulator where it could be; stated so that they can be replaced by what a real account shows. */
const assumed: Scenario = {
  tasksPerSecond: 1,
  readsOfATask: 2,
  apiMilliseconds: 20,
  apiMemoryMb: 512,
  workerMilliseconds: 100,
  workerMemoryMb: 512,
  batchSize: 10,
};
const rates = [1, 10, 100, 1_000, 2_000];

const whole = (value: number) => Math.floor(value).toLocaleString("en-US");
const stated = (numbers: Readonly<Record<string, Stated>>) =>
  markdownTable(
    ["number", "of what", "source"],
    Object.values(numbers).map(({ value, what, source }) => [String(value), what, source]),
  );

function environmentRow({ name, infra, app }: EnvironmentConfig): string[] {
  const scenario = { ...assumed, batchSize: app.worker.batch_size };
  const settings = {
    throttlingRate: infra.http_api.throttling_rate_limit,
    workerConcurrency: app.worker.maximum_concurrency,
  };
  const most = Object.entries(carries(settings, scenario)).sort(([, a], [, b]) => a - b);
  return [name, ...most.slice(0, 2).map(([what, value]) => `${whole(value)} (${what})`)];
}

/** `docs/capacity.md`: everything in it is computed. */
export function capacityDocument(environments: readonly EnvironmentConfig[]): Promise<string> {
  const text = `# Capacity

Made by \`npm run capacity\` from \`scripts/capacity\`: stated limits, and a model of what a task needs of each
service. Nothing here was measured on AWS. [What it costs](cost.md).

Assumed: a client asks ${assumed.readsOfATask} times how a task is doing; the API answers in ${assumed.apiMilliseconds} ms
with ${assumed.apiMemoryMb} MB; a batch of ${assumed.batchSize} takes the worker ${assumed.workerMilliseconds} ms with
${assumed.workerMemoryMb} MB; items have 1 KB at most.

## What a rate of tasks needs

${markdownTable(
  ["tasks/s", "API at once", "workers at once", "messages in flight", "write units/s", "shards"],
  rates.map((tasksPerSecond) => {
    const need = needs({ ...assumed, tasksPerSecond });
    return [tasksPerSecond, ...Object.values(need)].map(whole);
  }),
)}

A task costs ${allWrites} write units: ${Object.entries(writesOfATask)
    .map(([step, units]) => `${units} when ${step}`)
    .join(
      ", ",
    )}. At once means \`calls/s × seconds each\`. A shard carries ${whole(limits.writesOfPartition.value / Object.keys(writesOfATask).length)} tasks a second, since each of the
${Object.keys(writesOfATask).length} steps writes the task's entry in its partition of the by-creation index.

## What each environment carries

With the values of its tfvars, the lowest limit and the next one, in tasks a second:

${markdownTable(["environment", "first limit", "next limit"], environments.map(environmentRow))}

To raise them: \`http_api.throttling_rate_limit\` in \`20_infra\`, \`worker.maximum_concurrency\` in \`30_app\`, and \`shards\` in
\`functions/shared/table-schema.ts\`. The number of shards is a constant of the table's schema and not a setting: tasks
in a shard that is not read any more are hidden. It can be raised by a deployment, without a migration.

## Stated numbers

As of ${readOn}.

${stated(limits)}
`;
  return format(text, { parser: "markdown", printWidth: 110 });
}
