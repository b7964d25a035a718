import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { lambdaFlags } from "../../packages/lambda-layer/src/lambda-flags";
import { lambdaVariables } from "../lambda-runtime/lambda-variables";
import { runtimes, type Runtime } from "../lambda-runtime/runtimes";
import { buildBoth, layerModules, taskRoot, writeRuntimes, type Packages } from "./behaviour/built-functions";
import { play, type Played } from "./behaviour/player";
import { plays } from "./behaviour/plays";
import type { Start } from "./behaviour/start";
import { functionNames, lambdaNode } from "./paths";
import { memorySizes } from "./shared-layer";

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

const playAll = (packages: Packages, start: Start, parts = plays) =>
  Promise.all(parts.map((part) => play(folder, packages, part, start)));

const bySources = new Map<Runtime, Promise<readonly Played[]>>();
/** What comes of all plays with the sources, which is played once for each runtime. */
function playedBySources(runtime = runtimes[0]): Promise<readonly Played[]> {
  const played = bySources.get(runtime) ?? playAll("published", { runtime });
  bySources.set(runtime, played);
  return played;
}

const outcomesOf = (all: readonly Played[]): Readonly<Record<string, unknown>> =>
  Object.fromEntries(all.map(({ name, outcomes }) => [name, outcomes]));

/**
 * Plays with the layer: responses, errors, lines of the log and calls of AWS are to be those of the sources.
 * @returns what the layer says of its cache
 */
async function expectTheSame(start: Start = {}, parts = plays): Promise<string> {
  const expected = await playedBySources(start.runtime);
  const all = await playAll("layer", start, parts);
  const names = parts.map(({ name }) => name);
  expect(outcomesOf(all)).toEqual(outcomesOf(expected.filter(({ name }) => names.includes(name))));
  return all.flatMap(({ aboutCache }) => aboutCache).join("");
}

/** One play of each function, for what makes a difference while a function is loaded only. */
const shortPlays = plays.filter(({ name }) => name.endsWith("without a table"));

test("the events reach every kind of response, and all that AWS is to answer", async () => {
  const played = await playedBySources();
  const statuses = JSON.stringify(outcomesOf(played)).matchAll(/"statusCode":(\d+)/g);
  expect(new Set(Array.from(statuses, ([, status]) => Number(status)))).toEqual(
    new Set([200, 202, 304, 400, 404, 405, 409, 413, 415, 422, 500, 501, 503]),
  );
  expect(played.flatMap(({ unasked }) => unasked)).toEqual([]);
});

// Node.js 24 is not the one that the cache was made with: the layer does not try it.
test.each(runtimes)("$identifier with version $client of the client", async (runtime) => {
  expect(await expectTheSame({ runtime })).toBe("");
});

test("each memory size of a function has flags that the cache is good for", async () => {
  expect(shortPlays).toHaveLength(3);
  const sizes = await memorySizes();
  expect(sizes).not.toEqual([]);
  for (const size of sizes) expect(await expectTheSame({ flags: lambdaFlags(size) }, shortPlays)).toBe("");
  expect(await expectTheSame({ flags: [] }, shortPlays)).toBe("");
});

/** Scenarios of the usual plays that a function meets every day. */
const everyday: Readonly<Record<string, readonly string[]>> = {
  api: ["health", "a task", "an idempotency key", "a page", "no task"],
  worker: ["done"],
  producer: ["a schedule", "nothing to sweep", "something to sweep"],
};

test.each(Object.entries(everyday))(
  "the %s function's everyday events need the start chunk only",
  async (name, whats) => {
    const parts = plays
      .filter((part) => part.name === name)
      .map((part) => ({ ...part, scenarios: part.scenarios.filter(({ what }) => whats.includes(what)) }));
    expect(parts.flatMap(({ scenarios }) => scenarios)).toHaveLength(whats.length);
    const deferred = join(layerModules(folder), "vendor.deferred.js");
    const chunk = readFileSync(deferred);
    rmSync(deferred);
    try {
      expect(outcomesOf(await playAll("layer", {}, parts))).toEqual(
        outcomesOf(await playAll("published", {}, parts)),
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
    const part = plays.find((part) => part.name === name);
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

  test.each<[string, (cache: Buffer) => Buffer, typeof plays]>([
    ["cut off", (cache) => cache.subarray(0, 500_000), plays],
    ["too long", (cache) => Buffer.concat([cache, Buffer.alloc(4)]), shortPlays],
    ["empty", () => Buffer.alloc(0), shortPlays],
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
    expect(await expectTheSame({ flags }, shortPlays)).toContain("V8 refused the code cache");
  });

  test("none", async () => {
    rmSync(cacheFile);
    expect(await expectTheSame()).toBe("");
  });
});
