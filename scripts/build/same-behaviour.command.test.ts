import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { ApiEnvironment } from "@serverless-tasks/functions/api/env";
import { build as bundle } from "esbuild";
import { unzipSync } from "fflate";
import { startAwsStub, type AwsStub } from "../testing/aws-stub";
import { lambdaFlags } from "../testing/lambda-flags";
import { build } from "./build";
import { lambdaBundle, outputOf } from "./bundle-function";
import { lambdaNode } from "./paths";
import { writeFiles } from "./write-files";

/** The API answers the same from its layer as from the packages as they were published, with or without a cache. */
jest.setTimeout(60_000);

let folder: string;
let aws: AwsStub;
let expected: unknown[];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "behaviour-"));
  await build(folder);
  unzip("api.zip", "api");
  unzip("layer.zip", "opt");
  await bundleInto("published", join("functions", "api", "index.ts"));
  await bundleInto("player", join("scripts", "build", "play-events.ts"));
  writeFileSync(join(folder, "events.json"), JSON.stringify(events));
  aws = await startAwsStub();
  expected = (await play("published")).answers;
});
afterAll(() => {
  aws.stop();
  rmSync(folder, { recursive: true });
});

/** With its packages as they were published. */
async function bundleInto(name: string, entryPoint: string): Promise<void> {
  const bundled = await bundle({ ...lambdaBundle, entryPoints: [entryPoint], outfile: "index.js" });
  writeFiles(join(folder, name), { "index.js": outputOf(bundled) });
}

const unzip = (zip: string, into: string) => {
  writeFiles(join(folder, into), unzipSync(readFileSync(join(folder, zip))));
};

const json = { "content-type": "application/json" };
const echo = JSON.stringify({ type: "echo", payload: { message: "h\u00e4" } });

const event = (
  method: string,
  path: string,
  body?: string | Buffer,
  headers: Record<string, string> = json,
) => {
  const [rawPath = "", rawQueryString = ""] = path.split("?");
  return {
    version: "2.0",
    rawPath,
    rawQueryString,
    headers,
    body: body?.toString(Buffer.isBuffer(body) ? "base64" : "utf8"),
    isBase64Encoded: Buffer.isBuffer(body),
    requestContext: { http: { method, path: rawPath, sourceIp: "192.0.2.1" }, requestId: "request-1" },
  };
};

/** What each replacement and each shortcut could have changed: bodies, media types, queries, messages of schemas. */
const events = [
  event("GET", "/health"),
  event("HEAD", "/health"),
  event("POST", "/tasks", echo),
  event("POST", "/tasks", Buffer.from(echo)),
  event("POST", "/tasks", Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(echo)])),
  event("POST", "/tasks", Buffer.from([0x22, 0xff, 0xfe, 0x22])),
  event("POST", "/tasks", echo, { "content-type": 'application/json; charset="UTF-8"' }),
  event("POST", "/tasks", echo, { "content-type": "application/json; charset=latin1" }),
  event("POST", "/tasks", echo, { "content-type": "text/plain" }),
  event("POST", "/tasks", echo, {}),
  event("POST", "/tasks", echo, { ...json, "content-encoding": "gzip" }),
  event("POST", "/tasks", echo, { ...json, "idempotency-key": "once" }),
  event("POST", "/tasks", echo, { ...json, "idempotency-key": "no key" }),
  event("POST", "/tasks", "{"),
  event("POST", "/tasks", "[]"),
  event("POST", "/tasks", '{"__proto__":{}}'),
  event("POST", "/tasks"),
  event("POST", "/tasks", JSON.stringify({ a: "x".repeat(200_000) })),
  event("POST", "/tasks", JSON.stringify({ type: "echo", payload: { message: 1, more: true }, other: null })),
  event("POST", "/tasks", JSON.stringify({ type: "nothing", payload: {} })),
  event("GET", "/tasks?limit=2&state=failed&type=echo"),
  event("GET", "/tasks?limit=0"),
  event("GET", "/tasks?limit=2&limit=3"),
  event("GET", "/tasks?limit[a]=2&state=a%20b&cursor=%"),
  event("GET", "/tasks/no-id"),
  event("GET", `/tasks/${"0".repeat(26)}`),
  event("DELETE", "/tasks"),
  event("GET", "/%zz"),
  event("GET", "/openapi.json"),
  event("GET", "/docs"),
  event("GET", "/docs/start.js"),
  event("POST", "/docs"),
];

const environment: ApiEnvironment = {
  SERVICE_NAME: "api",
  SERVICE_VERSION: "1",
  COMMIT: "abc",
  LOG_LEVEL: "INFO",
  TASK_QUEUE_URL: "http://127.0.0.1/tasks",
  TABLE_NAME: "tasks",
  TABLE_SHARDS: "2",
};

async function play(code: "published" | "api", flags: readonly string[] = []) {
  const program = join(folder, "player", "index.js");
  const handler = join(folder, code, "index.js");
  const { stdout } = await promisify(execFile)(
    lambdaNode,
    [...flags, program, handler, join(folder, "events.json")],
    {
      env: {
        ...environment,
        TASK_QUEUE_URL: `${aws.endpoint}/tasks`,
        AWS_ENDPOINT_URL: aws.endpoint,
        AWS_REGION: "us-east-1",
        AWS_ACCESS_KEY_ID: "test",
        AWS_SECRET_ACCESS_KEY: "test",
        NODE_PATH: modules(),
      },
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  const [said = ""] = stdout.trim().split("\n").slice(-1);
  return {
    ...(JSON.parse(withoutChance(said)) as { answers: { statusCode: number }[]; heap: unknown }),
    log: stdout,
  };
}

/** Ids and times differ from run to run. */
const withoutChance = (text: string) =>
  text.replace(/[0-7][0-9a-hjkmnp-tv-z]{25}/gi, "<id>").replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "<time>");

const modules = () => join(folder, "opt", "nodejs", "node_modules");

test("the events reach every kind of answer", () => {
  const statuses = (expected as { statusCode: number }[]).map(({ statusCode }) => statusCode);
  expect(new Set(statuses)).toEqual(new Set([200, 202, 400, 404, 405, 413, 415, 422]));
});

test.each([
  ["as it is started here", []],
  ["as Lambda starts it with 256 MB", lambdaFlags(256)],
  ["as Lambda starts it with 1,024 MB", lambdaFlags(1_024)],
])("the layer with its cache, %s", async (_how, flags) => {
  const { answers, log, heap } = await play("api", flags);
  expect(answers).toEqual(expected);
  expect(log).not.toContain("code cache");
  // The layer hides Lambda's flags for a moment: nothing is left of that.
  expect(heap).toEqual((await play("published", flags)).heap);
  expect(heap).toMatchObject({ sameLimit: true, collects: flags.length > 0 ? "function" : "undefined" });
});

describe("a cache that cannot be used", () => {
  let cacheFile: string;
  let cache: Buffer;
  beforeAll(() => {
    const [name = ""] = readdirSync(modules()).filter((name) => name.endsWith(".cache"));
    cacheFile = join(modules(), name);
    cache = readFileSync(cacheFile);
  });
  afterEach(() => {
    writeFileSync(cacheFile, cache);
  });

  test.each<[string, (cache: Buffer) => Buffer, string]>([
    ["damaged in the middle", (cache) => Buffer.from(cache).fill(0x5a, 500_000, 500_100), "is damaged"],
    ["cut off", (cache) => cache.subarray(0, 700_000), "is damaged"],
    ["empty", () => Buffer.alloc(0), "is damaged"],
  ])("%s", async (_what, change, said) => {
    writeFileSync(cacheFile, change(cache));
    const { answers, log } = await play("api");
    expect(answers).toEqual(expected);
    expect(log).toContain(said);
  });

  test("of a V8 that was started otherwise", async () => {
    const { answers, log } = await play("api", ["--no-opt"]);
    expect(answers).toEqual(expected);
    expect(log).toContain("V8 refused the code cache");
  });

  test("none", async () => {
    rmSync(cacheFile);
    const { answers, log } = await play("api");
    expect(answers).toEqual(expected);
    expect(log).not.toContain("code cache");
  });
});
