import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { lambdaFlags } from "../../../packages/lambda-layer/src/lambda-flags";
import { lambdaVariables } from "../../../packages/lambda-runtime/src/lambda-variables";
import { runtimes, type Runtime } from "../../../packages/lambda-runtime/src/runtimes";
import { buildBoth, layerModules, taskRoot, writeRuntimes, type Packages } from "./built-functions";
import { runScenarios, type GroupOutcome } from "./run-scenarios";
import { scenarioGroups } from "./scenario-groups";
import type { StartOptions } from "./lambda-function";
import { lambdaNode } from "../../../packages/lambda-runtime/src/lambda-node";
import { taskFunctions } from "@serverless-tasks/functions/service";
import { memorySizes } from "../../../scripts/build/shared-layer";

/** Under AWS's runtime clients, the built functions with the layer behave as their sources with published packages. */
jest.setTimeout(120_000);

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "behaviour-"));
  writeRuntimes(folder);
  await buildBoth(folder);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const runAll = (packages: Packages, start: StartOptions, groups = scenarioGroups) =>
  Promise.all(groups.map((group) => runScenarios(folder, packages, group, start)));

const publishedOutcomes = new Map<Runtime, Promise<readonly GroupOutcome[]>>();
/** Outcomes of all groups with the published packages. They run once for each runtime. */
function outcomesOfPublished(runtime = runtimes[0]): Promise<readonly GroupOutcome[]> {
  const outcomes = publishedOutcomes.get(runtime) ?? runAll("published", { runtime });
  publishedOutcomes.set(runtime, outcomes);
  return outcomes;
}

const outcomesOf = (all: readonly GroupOutcome[]): Readonly<Record<string, unknown>> =>
  Object.fromEntries(all.map(({ name, outcomes }) => [name, outcomes]));

/**
 * Expects the same responses, errors, log lines and calls to AWS with the layer as with the published packages.
 * @returns the log lines of the layer about its code cache
 */
async function expectSameOutcomes(start: StartOptions = {}, groups = scenarioGroups): Promise<string> {
  const expected = await outcomesOfPublished(start.runtime);
  const all = await runAll("layer", start, groups);
  const names = groups.map(({ name }) => name);
  expect(outcomesOf(all)).toEqual(outcomesOf(expected.filter(({ name }) => names.includes(name))));
  return all.flatMap(({ cacheMessages }) => cacheMessages).join("");
}

/** One group of each function, for differences that occur only while a function loads. */
const shortGroups = scenarioGroups.filter(({ name }) => name.endsWith("without a table"));

test("the scenarios cover every status of the API, and use all scripted responses of AWS", async () => {
  const outcomes = await outcomesOfPublished();
  const statuses = JSON.stringify(outcomesOf(outcomes)).matchAll(/"statusCode":(\d+)/g);
  expect(new Set(Array.from(statuses, ([, status]) => Number(status)))).toEqual(
    new Set([200, 202, 304, 400, 404, 405, 409, 413, 415, 422, 500, 501, 503]),
  );
  expect(outcomes.flatMap(({ unusedResponses }) => unusedResponses)).toEqual([]);
});

// The layer does not load its code cache on Node.js 24, since it was created by Node.js 22.
test.each(runtimes)("$identifier with version $client of the client", async (runtime) => {
  expect(await expectSameOutcomes({ runtime })).toBe("");
});

test("V8 accepts the code cache with the flags of every configured memory size", async () => {
  expect(shortGroups).toHaveLength(3);
  const sizes = await memorySizes();
  expect(sizes).not.toEqual([]);
  for (const size of sizes)
    expect(await expectSameOutcomes({ flags: lambdaFlags(size) }, shortGroups)).toBe("");
  expect(await expectSameOutcomes({ flags: [] }, shortGroups)).toBe("");
});

/** Names of the scenarios that are common in production, by function. */
const commonScenarios: Readonly<Record<string, readonly string[]>> = {
  api: [
    "get health",
    "create a task",
    "create a task with an idempotency key",
    "list tasks",
    "get a missing task",
  ],
  worker: ["succeeds"],
  producer: ["schedule", "sweep of an empty outbox", "sweep"],
};

test.each(Object.entries(commonScenarios))(
  "common events of the %s function load only the start chunk of the layer",
  async (functionName, names) => {
    const groups = scenarioGroups
      .filter((group) => group.name === functionName)
      .map((group) => ({ ...group, scenarios: group.scenarios.filter(({ name }) => names.includes(name)) }));
    expect(groups.flatMap(({ scenarios }) => scenarios)).toHaveLength(names.length);
    const deferred = join(layerModules(folder), "vendor.deferred.js");
    const chunk = readFileSync(deferred);
    rmSync(deferred);
    try {
      expect(outcomesOf(await runAll("layer", {}, groups))).toEqual(
        outcomesOf(await runAll("published", {}, groups)),
      );
    } finally {
      writeFileSync(deferred, chunk);
    }
  },
);

/** Modules of Node that take milliseconds to load, and are not needed before the first call to AWS. */
const deferredModules = ["NativeModule crypto", "NativeModule tls", "NativeModule zlib"];

test.each(taskFunctions)(
  "the %s function does not load crypto, tls and zlib during its initialization",
  async (name) => {
    const group = scenarioGroups.find((group) => group.name === name);
    const loaded = async (packages: Packages) => {
      const program = "require(process.argv[1]); console.log(JSON.stringify(process.moduleLoadList))";
      const file = join(taskRoot(folder, packages, name), "index.js");
      const { stdout } = await promisify(execFile)(lambdaNode, ["-e", program, file], {
        env: {
          ...lambdaVariables(name, 512, "us-east-1", "INFO"),
          ...group?.environment,
          NODE_PATH: layerModules(folder),
          TASK_QUEUE_URL: "https://sqs.us-east-1.amazonaws.com/111111111111/tasks",
          DEAD_LETTER_QUEUE_URL: "https://sqs.us-east-1.amazonaws.com/111111111111/tasks-dlq",
        },
      });
      const list = JSON.parse(stdout) as string[];
      return deferredModules.filter((module) => list.includes(module));
    };
    expect(await loaded("published")).toEqual(deferredModules);
    expect(await loaded("layer")).toEqual([]);
  },
);

describe("without a usable code cache, the outcomes are the same", () => {
  let cacheFile: string;
  let cache: Buffer;
  beforeAll(() => {
    const [name = ""] = readdirSync(layerModules(folder)).filter((name) => name.endsWith("start.js.cache"));
    cacheFile = join(layerModules(folder), name);
    cache = readFileSync(cacheFile);
  });
  afterEach(() => {
    writeFileSync(cacheFile, cache);
  });

  test.each<[string, (cache: Buffer) => Buffer, typeof scenarioGroups]>([
    ["truncated", (cache) => cache.subarray(0, 500_000), scenarioGroups],
    ["too long", (cache) => Buffer.concat([cache, Buffer.alloc(4)]), shortGroups],
    ["empty", () => Buffer.alloc(0), shortGroups],
  ])("a cache that is %s", async (_case, change, groups) => {
    writeFileSync(cacheFile, change(cache));
    expect(await expectSameOutcomes({}, groups)).toContain("The code cache is damaged");
  });

  test("a cache of another program", async () => {
    // The header of the cache has the length of another program.
    writeFileSync(cacheFile, Buffer.from(cache).fill(0x5a, 8, 12));
    expect(await expectSameOutcomes()).toContain("V8 rejected the code cache");
  });

  test.each([
    ["a flag that affects compiled code", ["--no-opt"]],
    ["the flags of a memory size that no function has", lambdaFlags(777)],
  ])("a cache under %s", async (_case, flags) => {
    expect(await expectSameOutcomes({ flags }, shortGroups)).toContain("V8 rejected the code cache");
  });

  test("no cache", async () => {
    rmSync(cacheFile);
    expect(await expectSameOutcomes()).toBe("");
  });
});
