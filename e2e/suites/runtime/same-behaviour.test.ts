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
import type { Start } from "./lambda-function";
import { lambdaNode } from "../../../packages/lambda-runtime/src/lambda-node";
import { functionNames } from "../../../scripts/build/paths";
import { memorySizes } from "../../../scripts/build/shared-layer";

/**
 * The built functions under AWS's runtime clients, with the layer in /opt, do the same as their sources with the packages
 * as they were published.
 */
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

const runAll = (packages: Packages, start: Start, parts = scenarioGroups) =>
  Promise.all(parts.map((part) => runScenarios(folder, packages, part, start)));

const publishedOutcomes = new Map<Runtime, Promise<readonly GroupOutcome[]>>();
/** Outcomes of all groups with the published packages, which run once for each runtime. */
function outcomesOfPublished(runtime = runtimes[0]): Promise<readonly GroupOutcome[]> {
  const outcomes = publishedOutcomes.get(runtime) ?? runAll("published", { runtime });
  publishedOutcomes.set(runtime, outcomes);
  return outcomes;
}

const outcomesOf = (all: readonly GroupOutcome[]): Readonly<Record<string, unknown>> =>
  Object.fromEntries(all.map(({ name, outcomes }) => [name, outcomes]));

/**
 * Runs scenarios with the layer: responses, errors, log lines and calls to AWS must be those of the published packages.
 * @returns what the layer says of its cache
 */
async function expectTheSame(start: Start = {}, parts = scenarioGroups): Promise<string> {
  const expected = await outcomesOfPublished(start.runtime);
  const all = await runAll("layer", start, parts);
  const names = parts.map(({ name }) => name);
  expect(outcomesOf(all)).toEqual(outcomesOf(expected.filter(({ name }) => names.includes(name))));
  return all.flatMap(({ cacheMessages }) => cacheMessages).join("");
}

/** One group of each function, for differences that occur only while a function loads. */
const shortGroups = scenarioGroups.filter(({ name }) => name.endsWith("without a table"));

test("the events reach every kind of response, and all that AWS is to answer", async () => {
  const outcomes = await outcomesOfPublished();
  const statuses = JSON.stringify(outcomesOf(outcomes)).matchAll(/"statusCode":(\d+)/g);
  expect(new Set(Array.from(statuses, ([, status]) => Number(status)))).toEqual(
    new Set([200, 202, 304, 400, 404, 405, 409, 413, 415, 422, 500, 501, 503]),
  );
  expect(outcomes.flatMap(({ unusedResponses }) => unusedResponses)).toEqual([]);
});

// Node.js 24 is not the one that the cache was made with: the layer does not try it.
test.each(runtimes)("$identifier with version $client of the client", async (runtime) => {
  expect(await expectTheSame({ runtime })).toBe("");
});

test("each memory size of a function has flags that the cache is good for", async () => {
  expect(shortGroups).toHaveLength(3);
  const sizes = await memorySizes();
  expect(sizes).not.toEqual([]);
  for (const size of sizes) expect(await expectTheSame({ flags: lambdaFlags(size) }, shortGroups)).toBe("");
  expect(await expectTheSame({ flags: [] }, shortGroups)).toBe("");
});

/** Scenarios of the usual scenarioGroups that a function meets every day. */
const everyday: Readonly<Record<string, readonly string[]>> = {
  api: ["health", "a task", "an idempotency key", "a page", "no task"],
  worker: ["done"],
  producer: ["a schedule", "nothing to sweep", "something to sweep"],
};

test.each(Object.entries(everyday))(
  "the %s function's everyday events need the start chunk only",
  async (name, whats) => {
    const parts = scenarioGroups
      .filter((part) => part.name === name)
      .map((part) => ({ ...part, scenarios: part.scenarios.filter(({ what }) => whats.includes(what)) }));
    expect(parts.flatMap(({ scenarios }) => scenarios)).toHaveLength(whats.length);
    const deferred = join(layerModules(folder), "vendor.deferred.js");
    const chunk = readFileSync(deferred);
    rmSync(deferred);
    try {
      expect(outcomesOf(await runAll("layer", {}, parts))).toEqual(
        outcomesOf(await runAll("published", {}, parts)),
      );
    } finally {
      writeFileSync(deferred, chunk);
    }
  },
);

/** Modules of Node that take milliseconds, and that nothing needs before the first call of AWS. */
const loadedLater = ["NativeModule crypto", "NativeModule tls", "NativeModule zlib"];

test.each(functionNames)(
  "the %s function does not load Node's crypto, TLS or zlib with itself",
  async (name) => {
    const part = scenarioGroups.find((part) => part.name === name);
    const loaded = async (packages: Packages) => {
      const program = "require(process.argv[1]); console.log(JSON.stringify(process.moduleLoadList))";
      const file = join(taskRoot(folder, packages, name), "index.js");
      const { stdout } = await promisify(execFile)(lambdaNode, ["-e", program, file], {
        env: {
          ...lambdaVariables(name, 512, "us-east-1", "INFO"),
          ...part?.environment,
          NODE_PATH: layerModules(folder),
          TASK_QUEUE_URL: "https://sqs.us-east-1.amazonaws.com/111111111111/tasks",
        },
      });
      const list = JSON.parse(stdout) as string[];
      return loadedLater.filter((module) => list.includes(module));
    };
    expect(await loaded("published")).toEqual(loadedLater);
    expect(await loaded("layer")).toEqual([]);
  },
);

describe("a cache that cannot be used", () => {
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
    ["cut off", (cache) => cache.subarray(0, 500_000), scenarioGroups],
    ["too long", (cache) => Buffer.concat([cache, Buffer.alloc(4)]), shortGroups],
    ["empty", () => Buffer.alloc(0), shortGroups],
  ])("%s", async (_what, change, parts) => {
    writeFileSync(cacheFile, change(cache));
    expect(await expectTheSame({}, parts)).toContain("The code cache is damaged");
  });

  test("of another program", async () => {
    // The length in the head of the cache is not that of the program.
    writeFileSync(cacheFile, Buffer.from(cache).fill(0x5a, 8, 12));
    expect(await expectTheSame()).toContain("V8 refused the code cache");
  });

  test.each([
    ["a flag that code depends on", ["--no-opt"]],
    ["a memory size that no function has", lambdaFlags(777)],
  ])("of a V8 that was started with %s", async (_what, flags) => {
    expect(await expectTheSame({ flags }, shortGroups)).toContain("V8 refused the code cache");
  });

  test("none", async () => {
    rmSync(cacheFile);
    expect(await expectTheSame()).toBe("");
  });
});
