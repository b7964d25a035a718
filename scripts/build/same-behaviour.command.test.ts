import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lambdaFlags } from "../../packages/lambda-layer/src/lambda-flags";
import { buildBoth, layerModules, type Packages } from "./behaviour/built-functions";
import { play, type Played, type Start } from "./behaviour/player";
import { memorySizes } from "./shared-layer";
import { plays } from "./behaviour/plays";

/** Functions do the same with their layer as with the packages as they were published, with or without a cache. */
jest.setTimeout(120_000);

let folder: string;
let expected: readonly Played[];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "behaviour-"));
  await buildBoth(folder);
  expected = await playAll("published");
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const playAll = (packages: Packages, started?: Start) =>
  Promise.all(plays.map((part) => play(folder, packages, part, started)));

const outcomesOf = (all: readonly Played[]): Readonly<Record<string, unknown>> =>
  Object.fromEntries(all.map(({ outcomes }, at) => [plays[at]?.name ?? at, outcomes]));

/**
 * Plays all with the layer: answers, lines of the log and calls of AWS are to be those with the packages as published.
 * @returns what the layer says of its cache
 */
async function expectTheSame(started?: Start): Promise<string> {
  const all = await playAll("layer", started);
  expect(outcomesOf(all)).toEqual(outcomesOf(expected));
  return all.flatMap(({ aboutCache }) => aboutCache).join("");
}

test("the events reach every kind of answer, and all that AWS is to answer", () => {
  const statuses = JSON.stringify(outcomesOf(expected)).matchAll(/"statusCode":(\d+)/g);
  expect(new Set(Array.from(statuses, ([, status]) => Number(status)))).toEqual(
    new Set([200, 202, 304, 400, 404, 405, 409, 413, 415, 422, 500, 501, 503]),
  );
  expect(expected.flatMap(({ unasked }) => unasked)).toEqual([]);
});

test("the layer with its cache, as it is started here", async () => {
  expect(await expectTheSame()).toBe("");
});

test("the layer with its cache, as Lambda starts it with each memory size of a function", async () => {
  const sizes = await memorySizes();
  expect(sizes).not.toEqual([]);
  for (const size of sizes) expect(await expectTheSame({ flags: lambdaFlags(size) })).toBe("");
});

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

  test.each<[string, (cache: Buffer) => Buffer]>([
    ["cut off", (cache) => cache.subarray(0, 500_000)],
    ["too long", (cache) => Buffer.concat([cache, Buffer.alloc(4)])],
    ["empty", () => Buffer.alloc(0)],
  ])("%s", async (_what, change) => {
    writeFileSync(cacheFile, change(cache));
    expect(await expectTheSame()).toContain("The code cache is damaged");
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
    expect(await expectTheSame({ flags })).toContain("V8 refused the code cache");
  });

  test("none", async () => {
    rmSync(cacheFile);
    expect(await expectTheSame()).toBe("");
  });
});
