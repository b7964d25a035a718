import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { layers } from "../../deploy/shared/layers";
import { loadEnvironment } from "../../deploy/config/load-environment";
import type { EnvironmentConfig } from "../../deploy/config/environment-config";
import { startAwsStub, type AwsStub } from "../../packages/aws-stub/src/aws-stub";
import { changeStacks, stillApplied } from "./deploy-locally";
import { readDeployedVersions } from "./deployed-versions";
import { localPaths } from "../../packages/local-cloud/src/local-paths";
import { LocalCloudLock } from "../../packages/local-cloud/src/local-cloud-lock";
import { Interruption } from "../../packages/local-cloud/src/interrupt";

/** The deployment that the emulator holds. */
interface Held {
  /** By layer; undefined where there is no state. */
  readonly serials: Readonly<Record<string, number | undefined>>;
  /** By function; undefined without the function or its alias `live`. */
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

test("an unchanged, healthy deployment is not repeated", async () => {
  const versions = await readDeployedVersions(cloud(), outputs);
  expect(Object.keys(versions)).toHaveLength(layers.length + functionNames.length);
  expect(await stillApplied(cloud(), { fingerprint: "now", outputs, versions }, "now")).toEqual(outputs);
  expect(await stillApplied(cloud(), { fingerprint: "before", outputs, versions }, "now")).toBeUndefined();
  expect(await stillApplied(cloud(), undefined, "now")).toBeUndefined();
});

test("an API that does not respond is deployed again", async () => {
  const versions = await readDeployedVersions(cloud(), outputs);
  isHealthy = false;
  // Requests are retried for some seconds.
  const signal = AbortSignal.timeout(100);
  expect(await stillApplied(cloud(signal), { fingerprint: "now", outputs, versions }, "now")).toBeUndefined();
});

test("an interrupted start does not deploy, and keeps the record of the last deployment", async () => {
  const paths = localPaths({ LOCAL_CLOUD_HOME: mkdtempSync(join(tmpdir(), "deploy-")) });
  const lock = LocalCloudLock.acquire(paths, "http://127.0.0.1:4566");
  writeFileSync(paths.applied("dev"), "{}");
  const interrupted = { env: {}, lock, signal: AbortSignal.abort(new Interruption("SIGINT")) };
  await expect(changeStacks(interrupted, paths, "dev", ["deploy"], () => undefined)).rejects.toMatchObject({
    exitCode: 130,
  });
  expect([existsSync(paths.applied("dev")), existsSync(paths.deployLog)]).toEqual([true, false]);
  expect(lock.current.deployment).toBeUndefined();
  rmSync(paths.folder, { recursive: true });
});

test("an emulator with another deployment than the recorded one is deployed again, even if healthy", async () => {
  const versions = await readDeployedVersions(cloud(), outputs);
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
      const current = await stillApplied(cloud(), { fingerprint: "now", outputs, versions }, "now");
      expect(current).toEqual(isSame ? outputs : undefined);
    }),
    { numRuns: 20, examples: [[applied]] },
  );
});
