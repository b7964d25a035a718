import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { aMessage, aRecord } from "@serverless-tasks/functions/shared/testing/builders";
import type { Outcome } from "../../../packages/lambda-runtime/src/lambda-function";
import { runtimes, type Runtime } from "../../../packages/lambda-runtime/src/runtimes";
import { startAwsStub } from "../../../packages/aws-stub/src/aws-stub";
import { buildBoth, taskRoot, writeRuntimes } from "./built-functions";
import { postEcho } from "./http-events";
import { runScenarios } from "./run-scenarios";
import { scenarioGroups } from "./scenario-groups";
import type { ScenarioGroup } from "./scenario";
import { lambdaFunction, type StartOptions } from "./lambda-function";
import { taskFunctions, type TaskFunction } from "@serverless-tasks/functions/service";

/** Under AWS's runtime clients, failures of the built functions are reported as Lambda reports them. */
jest.setTimeout(60_000);

const requestId = "8476a536-e9f4-11e8-9739-2dfe598c3fcd";

/** An event for which each function calls AWS. */
const events: Readonly<Record<TaskFunction, object>> = {
  api: postEcho(),
  worker: { Records: [aRecord(aMessage({ type: "echo" }))] },
  producer: { kind: "schedule", schedule: "hourly", time: "2026-03-01T12:00:00Z", type: "echo", payload: {} },
};

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "failures-"));
  writeRuntimes(folder);
  await buildBoth(folder);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function groupOf(name: string): ScenarioGroup {
  const found = scenarioGroups.find((group) => group.name === name);
  if (found === undefined) throw new Error(`Expected a scenario group ${name}, found none`);
  return found;
}

interface InvokeOptions extends StartOptions {
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Folder of another handler than that of the built function. */
  readonly root?: string;
  readonly aws?: Parameters<typeof startAwsStub>[0];
}

/** Invokes a function twice with its event. */
async function invokeTwice(
  name: TaskFunction,
  { environment, root, aws, ...start }: InvokeOptions,
): Promise<Outcome[]> {
  const stub = await startAwsStub(aws);
  const group = { functionName: name, environment: { ...groupOf(name).environment, ...environment } };
  const lambda = lambdaFunction(folder, root ?? taskRoot(folder, "layer", name), group, stub.endpoint, start);
  try {
    return [await lambda.invoke(events[name], requestId), await lambda.invoke(events[name], requestId)];
  } finally {
    await lambda.stop();
    stub.stop();
  }
}

const forEachFunction = async <Result>(work: (name: TaskFunction) => Promise<Result>) =>
  Object.fromEntries(await Promise.all(taskFunctions.map(async (name) => [name, await work(name)] as const)));

const response = { response: expect.anything() as unknown };
const responses = { api: response, worker: response, producer: { response: null } };

describe.each(runtimes)("$identifier with version $client of the client", (runtime: Runtime) => {
  test("a missing environment variable fails each initialization", async () => {
    const outcomes = await forEachFunction((name) =>
      invokeTwice(name, { runtime, environment: { SERVICE_VERSION: undefined } }),
    );
    const error = { errorType: "Error", errorMessage: expect.stringContaining("SERVICE_VERSION") };
    const both = [
      { phase: "init", error },
      { phase: "init", error },
    ];
    expect(outcomes).toMatchObject({ api: both, worker: both, producer: both });
    for (const { log } of Object.values(outcomes).flat())
      expect(JSON.parse(log[0] ?? "")).toMatchObject({ level: "ERROR" });
  });

  test("an unhandled rejection ends the instance of the API and of the producer; the worker logs it", async () => {
    const outcomes = await forEachFunction((name) =>
      invokeTwice(name, { runtime, root: rejectingOnce(name) }),
    );
    const exit = `RequestId: ${requestId} Error: Runtime exited with error: exit status 1`;
    const error =
      runtime.client === 3
        ? { errorType: "Runtime.UnhandledPromiseRejection", errorMessage: "Error: unhandled" }
        : { errorType: "Runtime.ExitError", errorMessage: exit };
    expect(outcomes).toMatchObject({
      api: [{ phase: "invocation", error }, responses.api],
      worker: [responses.worker, responses.worker],
      producer: [{ phase: "invocation", error }, responses.producer],
    });
    const lines = outcomes.worker?.[0]?.log.map((line): unknown => JSON.parse(line));
    expect(lines).toContainEqual(
      expect.objectContaining({ level: "ERROR", error: expect.objectContaining({ message: "unhandled" }) }),
    );
  });

  test("a call to AWS that takes longer than the timeout of the function ends the instance", async () => {
    const outcomes = await forEachFunction((name) => {
      let calls = 0;
      const aws = () => (calls++ === 0 ? new Promise<undefined>(() => undefined) : undefined);
      return invokeTwice(name, { runtime, aws, timeoutSeconds: 3 });
    });
    const error = {
      errorType: "Sandbox.Timedout",
      errorMessage: `RequestId: ${requestId} Error: Task timed out after 3.00 seconds`,
    };
    expect(outcomes).toMatchObject({
      api: [{ error }, responses.api],
      worker: [{ error }, responses.worker],
      producer: [{ error }, responses.producer],
    });
  });

  test("a function logs lines of the configured level and above", async () => {
    const logs = await forEachFunction(async (name) => {
      const linesAt = async (logLevel: string) => {
        const { outcomes } = await runScenarios(folder, "layer", groupOf(`${name} without a table`), {
          runtime,
          logLevel,
        });
        return (outcomes as { readonly log: readonly { readonly level: string }[] }[]).flatMap(
          ({ log }) => log,
        );
      };
      return { info: await linesAt("INFO"), warnings: await linesAt("WARN") };
    });
    for (const { info, warnings } of Object.values(logs)) {
      expect(warnings).toEqual(info.filter(({ level }) => level !== "INFO"));
      expect(warnings).not.toEqual([]);
      expect(warnings).not.toEqual(info);
    }
  });
});

/**
 * Writes a handler that does not handle a rejection at the first event.
 * @returns its folder
 */
function rejectingOnce(name: TaskFunction): string {
  const root = mkdtempSync(join(folder, "rejecting-"));
  const code = `const { existsSync, writeFileSync } = require("node:fs");
const { handler } = require(${JSON.stringify(join(taskRoot(folder, "layer", name), "index.js"))});
exports.handler = async (event, context) => {
  if (!existsSync("rejected")) {
    writeFileSync("rejected", "");
    void Promise.reject(new Error("unhandled"));
    await new Promise(setImmediate);
  }
  return handler(event, context);
};
`;
  writeFileSync(join(root, "index.js"), code);
  return root;
}
