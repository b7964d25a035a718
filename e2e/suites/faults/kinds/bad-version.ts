import type { Campaign } from "../campaign";
import type { FaultKind } from "../fault-kind";
import type { FaultOutcome } from "../fault-outcome";
import type { Mutation } from "../mutations/mutation";
import { runRelease } from "../run-release";

const secondsToSettle = 150;
const tasksPerVersion = 10;
/** From the publication of a bad version until the former one is live, or still is. */
const mostSeconds = 60;

/**
 * The campaign's 6 s would use up the deliveries of a message before the former version is live again; in AWS the timeout is
 * six times that of the function.
 */
const visibilitySeconds = 20;

/** A release checks the versions before and after it moves the aliases. */
export const releaseChecks: Mutation = {
  description: "releases without checks",
  replacements: [
    {
      functions: ["release"],
      file: "scripts/release/service-checks.ts",
      symbol: "serviceChecks",
      by: "() => () => ({ checkVersions: async () => {}, checkService: async () => {}, probe: async () => {} })",
    },
  ],
};

/** Replaces the handler of the worker. */
const badWorker = (description: string, by: string): Mutation => ({
  description,
  replacements: [{ functions: ["worker"], file: "functions/worker/index.ts", symbol: "handler", by }],
});

/** The first is found by a direct invocation; the second one only once the aliases are moved. */
export const badWorkers = [
  badWorker("a worker that does not load", `() => { throw new Error("bad version"); }`),
  badWorker(
    "a worker that fails for messages of the queue",
    `(original) => (event, context) => {
      if (event.Records.some(({ eventSourceARN }) => eventSourceARN !== undefined)) throw new Error("bad version");
      return original(event, context);
    }`,
  ),
] as const;

/** Releases one bad version while tasks are created. @returns what was violated, and the tasks */
async function releaseBadVersion({ functions, createTask, e2e }: Campaign, mutation: Mutation, mark: string) {
  const { config, env } = e2e.local.cloud;
  const before = await functions.liveVersion("worker");
  return functions.withPublished("worker", mutation, async (versions) => {
    const create = async (at: number) => createTask(`<F19-${mark}:${at}>`);
    const created = Promise.all(Array.from({ length: tasksPerVersion }, (_, at) => create(at)));
    const started = Date.now();
    const { exitCode, stdout, stderr } = await runRelease(
      await functions.releaseProgram(),
      versions,
      config,
      env,
    );
    const seconds = (Date.now() - started) / 1000;
    const live = await functions.liveVersion("worker");
    const ids = await created;
    return { ids, isReleased: exitCode === 0 || live !== before, seconds, output: `${stdout}${stderr}` };
  });
}

/** F19: a version of the worker that throws is deployed under load. */
export const badVersion: FaultKind = {
  id: "F19",
  description: "version that throws is deployed",
  sizes: { full: 5, small: 1, control: 1 },
  exclusive: true,
  protection: releaseChecks,
  run: (campaign, versions) =>
    campaign.service.tasks.withVisibilityTimeout(visibilitySeconds, () => releaseAll(campaign, versions)),
};

async function releaseAll(campaign: Campaign, versions: number): Promise<FaultOutcome> {
  const started = Date.now().toString(36);
  const ids: string[] = [];
  const violations: string[] = [];
  for (let version = 0; version < versions; version += 1) {
    const mutation = badWorkers[version % badWorkers.length] ?? badWorkers[0];
    const result = await releaseBadVersion(campaign, mutation, `${started}-${version}`);
    ids.push(...result.ids);
    if (result.isReleased) violations.push(`${mutation.description} became live: ${result.output.trim()}`);
    else if (result.seconds > mostSeconds)
      violations.push(`${mutation.description} took ${result.seconds} s`);
  }
  const outcome = await campaign.settle(ids, secondsToSettle, versions);
  return { ...outcome, violations };
}
