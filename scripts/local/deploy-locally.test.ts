import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { layers } from "../../deploy/shared/layers";
import { loadEnvironment } from "../../deploy/config/load-environment";
import type { EnvironmentConfig } from "../../deploy/config/environment-config";
import { startAwsStub, type AwsStub } from "../../packages/aws-stub/src/aws-stub";
import { changeStacks, stillApplied } from "./deploy-locally";
import { readHoldings } from "./holdings";
import { localHome } from "../../packages/local-cloud/src/home";
import { HomeLock } from "../../packages/local-cloud/src/home-lock";
import { Interruption } from "../../packages/local-cloud/src/interrupt";

/** What an emulator holds of a deployment. */
interface Held {
  /** By layer; undefined where there is no state. */
  readonly serials: Readonly<Record<string, number | undefined>>;
  /** By function; undefined where there is none, or no alias `live`. */
  readonly code: Readonly<Record<string, string | undefined>>;
}

const functionNames = ["tasks-dev-api", "tasks-dev-worker", "tasks-dev-producer"];
const applied: Held = {
  serials: Object.fromEntries(layers.map((layer) => [layer, 4])),
  code: Object.fromEntries(functionNames.map((name) => [name, `code of ${name}`])),
};
const outputs = {
  api_url: "http://a1b2c3d4.execute-api.localhost:4566",
  api_function_name: "tasks-dev-api",
  worker_function_name: "tasks-dev-worker",
  producer_function_name: "tasks-dev-producer",
};

jest.setTimeout(60_000);
let held: Held;
let isHealthy: boolean;
let stub: AwsStub;
let config: EnvironmentConfig;

const stateOf = (serial: number) =>
  JSON.stringify({ version: 4, serial, lineage: "3b4cc788", resources: [] });
const missing = { status: 404, body: "", headers: { "x-amzn-errortype": "ResourceNotFoundException" } };

beforeAll(async () => {
  config = await loadEnvironment("dev");
  stub = await startAwsStub(({ operation }) => {
    if (operation.endsWith("/health")) return { status: isHealthy ? 200 : 401, body: "{}" };
    for (const layer of layers) {
      const { bucket, key } = config.backends[layer];
      if (operation !== `GET /${bucket}/${key}`) continue;
      const serial = held.serials[layer];
      return serial === undefined
        ? {
            status: 404,
            body: "<Error><Code>NoSuchKey</Code></Error>",
            headers: { "content-type": "application/xml" },
          }
        : { status: 200, body: stateOf(serial) };
    }
    const [, name = ""] = /functions\/([\w-]+)\/configuration/.exec(operation) ?? [];
    const CodeSha256 = held.code[name];
    return CodeSha256 === undefined ? missing : { status: 200, body: JSON.stringify({ CodeSha256 }) };
  });
});
afterAll(() => {
  stub.stop();
});
beforeEach(() => {
  held = applied;
  isHealthy = true;
});

const cloud = (signal = new AbortController().signal) => ({
  config,
  signal,
  target: { endpoint: stub.endpoint, accountId: "111111111111", region: "eu-central-1" },
});

test("what was applied, is held and responds is not deployed again", async () => {
  const holdings = await readHoldings(cloud(), outputs);
  expect(Object.keys(holdings)).toHaveLength(layers.length + functionNames.length);
  expect(await stillApplied(cloud(), { fingerprint: "now", outputs, holdings }, "now")).toEqual(outputs);
  expect(await stillApplied(cloud(), { fingerprint: "before", outputs, holdings }, "now")).toBeUndefined();
  expect(await stillApplied(cloud(), undefined, "now")).toBeUndefined();
});

test("an API that does not respond is deployed again", async () => {
  const holdings = await readHoldings(cloud(), outputs);
  isHealthy = false;
  // Requests would be repeated for some seconds.
  const signal = AbortSignal.timeout(100);
  expect(await stillApplied(cloud(signal), { fingerprint: "now", outputs, holdings }, "now")).toBeUndefined();
});

test("an interrupted start begins no deployment, and forgets nothing", async () => {
  const home = localHome({ LOCAL_CLOUD_HOME: mkdtempSync(join(tmpdir(), "deploy-")) });
  const lock = HomeLock.acquire(home, "http://127.0.0.1:4566");
  writeFileSync(home.applied("dev"), "{}");
  const interrupted = { env: {}, lock, signal: AbortSignal.abort(new Interruption("SIGINT")) };
  await expect(changeStacks(interrupted, home, "dev", ["deploy"], () => undefined)).rejects.toMatchObject({
    exitCode: 130,
  });
  expect([existsSync(home.applied("dev")), existsSync(home.deployLog)]).toEqual([true, false]);
  expect(lock.current.deployment).toBeUndefined();
  rmSync(home.folder, { recursive: true });
});

test("an emulator that holds anything else than what was applied is deployed to again, though it responds", async () => {
  const holdings = await readHoldings(cloud(), outputs);
  const other = fc.record({
    serials: fc.record(
      Object.fromEntries(layers.map((layer) => [layer, fc.constantFrom(4, 3, 5, undefined)])),
    ),
    code: fc.record(
      Object.fromEntries(
        functionNames.map((name) => [name, fc.constantFrom(`code of ${name}`, "earlier code", undefined)]),
      ),
    ),
  });
  await fc.assert(
    fc.asyncProperty(other, async (found: Held) => {
      held = found;
      const isSame = JSON.stringify(found) === JSON.stringify(applied);
      const current = await stillApplied(cloud(), { fingerprint: "now", outputs, holdings }, "now");
      expect(current).toEqual(isSame ? outputs : undefined);
    }),
    { numRuns: 20, examples: [[applied]] },
  );
});
