import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lambdaFlags } from "../testing/lambda-flags";
import { buildBoth, layerModules, type Packages } from "./behaviour/built-functions";
import { play, type Played, type Start } from "./behaviour/player";
import { plays, start } from "./behaviour/plays";

/** Functions do the same with their layer as with the packages as they were published, with or without a cache. */
jest.setTimeout(60_000);

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
    new Set([200, 202, 304, 400, 404, 405, 409, 413, 415, 422, 501, 503]),
  );
  expect(expected.flatMap(({ unasked }) => unasked)).toEqual([]);
});

test.each<[string, Start]>([
  ["as it is started here", {}],
  ["as Lambda starts it with 256 MB", { flags: lambdaFlags(256) }],
  ["as Lambda starts it with 1,024 MB", { flags: lambdaFlags(1_024) }],
])("the layer with its cache, %s", async (_how, started) => {
  expect(await expectTheSame(started)).toBe("");
});

test.each<[string, Start, string]>([
  ["none", {}, "undefined"],
  ["Lambda's", { flags: lambdaFlags(256) }, "function"],
  ["in NODE_OPTIONS", { nodeOptions: "--max-old-space-size=300 --expose-gc" }, "function"],
  [
    "in NODE_OPTIONS, and others on the command line",
    { nodeOptions: "--max-old-space-size=300 --max-semi-space-size=8", flags: ["--max-old-space-size=400"] },
    "undefined",
  ],
])(
  "the layer hides heap flags for a moment, of which nothing is left: %s",
  async (_which, started, collects) => {
    const { heap, aboutCache } = await play(folder, "layer", start, started);
    expect(aboutCache).toEqual([]);
    expect(heap).toEqual((await play(folder, "published", start, started)).heap);
    expect(heap).toMatchObject({ sameLimit: true, collects });
  },
);

describe("a cache that cannot be used", () => {
  let cacheFile: string;
  let cache: Buffer;
  beforeAll(() => {
    const [name = ""] = readdirSync(layerModules(folder)).filter((name) => name.endsWith(".cache"));
    cacheFile = join(layerModules(folder), name);
    cache = readFileSync(cacheFile);
  });
  afterEach(() => {
    writeFileSync(cacheFile, cache);
  });

  test.each<[string, (cache: Buffer) => Buffer]>([
    ["damaged in the middle", (cache) => Buffer.from(cache).fill(0x5a, 500_000, 500_100)],
    ["cut off", (cache) => cache.subarray(0, 700_000)],
    ["empty", () => Buffer.alloc(0)],
  ])("%s", async (_what, change) => {
    writeFileSync(cacheFile, change(cache));
    expect(await expectTheSame()).toContain("The code cache is damaged");
  });

  test("of a V8 that was started otherwise", async () => {
    expect(await expectTheSame({ flags: ["--no-opt"] })).toContain("V8 refused the code cache");
  });

  test("none", async () => {
    rmSync(cacheFile);
    expect(await expectTheSame()).toBe("");
  });
});
