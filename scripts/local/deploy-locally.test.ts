import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import * as z from "zod";
import { eachOf, namesWith } from "../../deploy/shared/each-of";
import { layers } from "../../deploy/shared/layers";
import { exampleEnvironment } from "../../deploy/testing/environments";
import type { EnvironmentConfig } from "../../deploy/config/environment-config";
import { startAwsStub, type AwsStub } from "../../packages/aws-stub/src/aws-stub";
import { functionNames } from "../build/paths";
import { changeStacks, stillApplied } from "./deploy-locally";
import { codeHash } from "../../packages/local-cloud/src/live-code";
import { defaultBuildFolder } from "../build/paths";
import { readStateVersions } from "./state-versions";
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

const deployedNames = functionNames.map((name) => `example-dev-${name}`);
const builtHash = (name: string) =>
  codeHash(readFileSync(join(defaultBuildFolder, `${name.replace("example-dev-", "")}.zip`)));
const applied: Held = {
  serials: Object.fromEntries(layers.map((layer) => [layer, 4])),
  code: Object.fromEntries(deployedNames.map((name) => [name, builtHash(name)])),
};
const outputs = {
  api_url: "http://a1b2c3d4.execute-api.localhost:4566",
  ...eachOf(
    namesWith(functionNames, "function_name"),
    (name) => `example-dev-${name.replace("_function_name", "")}`,
  ),
};

jest.setTimeout(60_000);
let held: Held;
let isHealthy: boolean;
/** Functions whose zip was published, and whose alias was moved to that version. */
let published: string[];
let moved: string[];
let stub: AwsStub;
let config: EnvironmentConfig;

const stateOf = (serial: number) =>
  JSON.stringify({ version: 4, serial, lineage: "3b4cc788", resources: [] });
const missing = { status: 404, body: "", headers: { "x-amzn-errortype": "ResourceNotFoundException" } };

beforeAll(async () => {
  config = await exampleEnvironment("dev");
  stub = await startAwsStub(({ operation, body }) => {
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
    const [, updated, part] = /^PUT .*functions\/([\w-]+)\/(code|aliases\/live)/.exec(operation) ?? [];
    if (updated !== undefined && part === "code") {
      const { ZipFile } = z.object({ ZipFile: z.base64() }).parse(JSON.parse(body));
      if (codeHash(Buffer.from(ZipFile, "base64")) === builtHash(updated)) published.push(updated);
      return { status: 200, body: JSON.stringify({ Version: "7" }) };
    }
    if (updated !== undefined) {
      expect(JSON.parse(body)).toMatchObject({ FunctionVersion: "7" });
      moved.push(updated);
      return { status: 200, body: "{}" };
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
  published = [];
  moved = [];
});

/** The result of `stillApplied` for a recorded deployment, and what it has reported. */
async function check(fingerprint: string | undefined, signal?: AbortSignal) {
  const versions = { core: "3b4cc788 4", infra: "3b4cc788 4", app: "3b4cc788 4" };
  const reports: string[] = [];
  const recorded = fingerprint === undefined ? undefined : { fingerprint, outputs, versions };
  const current = await stillApplied(cloud(signal), recorded, "now", (line) => reports.push(line));
  return { current, reports };
}

const cloud = (signal = new AbortController().signal) => ({
  config,
  signal,
  target: { endpoint: stub.endpoint, accountId: "111111111111", region: "eu-central-1" },
});

test("an unchanged, healthy deployment is not repeated", async () => {
  expect(Object.values(await readStateVersions(cloud()))).toEqual(layers.map(() => "3b4cc788 4"));
  expect(await check("now")).toEqual({ current: outputs, reports: [] });
  expect(await check("before")).toEqual({ current: undefined, reports: [] });
  expect(await check(undefined)).toEqual({ current: undefined, reports: [] });
  expect(published).toEqual([]);
});

test("an API that does not respond is deployed again", async () => {
  isHealthy = false;
  // Requests are retried for some seconds.
  expect((await check("now", AbortSignal.timeout(1_000))).current).toBeUndefined();
});

test("a function that runs other code than the build, as after an edit that was discarded, gets the build's", async () => {
  held = { ...applied, code: { ...applied.code, "example-dev-worker": "an edit" } };
  expect(await check("now")).toEqual({
    current: outputs,
    reports: ["worker ran other code than the build: updated"],
  });
  expect([published, moved]).toEqual([["example-dev-worker"], ["example-dev-worker"]]);
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

test("an emulator without the recorded deployment is deployed again, even if healthy", async () => {
  const other = fc.record({
    serials: fc.record(
      Object.fromEntries(layers.map((layer) => [layer, fc.constantFrom(4, 3, 5, undefined)])),
    ),
    code: fc.record(
      Object.fromEntries(
        deployedNames.map((name) => [name, fc.constantFrom(applied.code[name], "an edit", undefined)]),
      ),
    ),
  });
  await fc.assert(
    fc.asyncProperty(other, async (found: Held) => {
      held = found;
      published = [];
      const isThere =
        Object.values(found.serials).every((serial) => serial === 4) &&
        !Object.values(found.code).includes(undefined);
      expect((await check("now")).current).toEqual(isThere ? outputs : undefined);
      const edited = deployedNames.filter((name) => found.code[name] === "an edit");
      expect(published.sort()).toEqual(isThere ? edited.sort() : []);
    }),
    {
      numRuns: 20,
      examples: [[applied], [{ ...applied, code: { ...applied.code, "example-dev-api": "an edit" } }]],
    },
  );
});
