import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { SQSClient } from "@aws-sdk/client-sqs";
import { success } from "../../aws-stub/src/aws-responses";
import { startAwsStub, type AwsCall, type AwsResponse, type AwsStub } from "../../aws-stub/src/aws-stub";
import { TemporarySettings } from "./temporary-settings";

let stub: AwsStub;
let folder: string;
/** A function and a queue, as far as the settings need them. */
let settings: { timeout: number; variables: Record<string, string>; live: string; visibility: string };
let published: number;
let versions: string[];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "settings-"));
  settings = { timeout: 30, variables: { A: "1" }, live: "7", visibility: "180" };
  published = 8;
  versions = ["7", "8"];
  stub = await startAwsStub(respond);
});
afterEach(() => {
  stub.stop();
  rmSync(folder, { recursive: true });
});

function respond({ operation, body }: AwsCall): AwsResponse | undefined {
  const input = (body === "" ? {} : JSON.parse(body)) as {
    Timeout: number;
    Environment: { Variables: Record<string, string> };
    FunctionVersion: string;
    Attributes: { VisibilityTimeout: string };
  };
  if (operation.startsWith("GET") && operation.includes("/versions"))
    return success({ Versions: [{ Version: "$LATEST" }, ...versions.map((Version) => ({ Version }))] });
  if (operation.startsWith("DELETE")) {
    // The stub leaves out the query with the version: the newest one is deleted first.
    versions.pop();
    return success({});
  }
  if (operation.endsWith("GetQueueAttributes"))
    return success({ Attributes: { VisibilityTimeout: settings.visibility } });
  if (operation.endsWith("SetQueueAttributes")) settings.visibility = input.Attributes.VisibilityTimeout;
  else if (operation.startsWith("PUT") && operation.includes("/configuration"))
    Object.assign(settings, { timeout: input.Timeout, variables: input.Environment.Variables });
  else if (operation.startsWith("PUT") && operation.includes("/aliases/live"))
    settings.live = input.FunctionVersion;
  else if (operation.startsWith("POST")) {
    versions.push(String(++published));
    return success({ Version: String(published) });
  } else if (operation.includes("/aliases/live")) return success({ FunctionVersion: settings.live });
  else return success({ Timeout: settings.timeout, Environment: { Variables: settings.variables } });
  return success({});
}

/** As each process opens them. */
const open = () => {
  const client = {
    ...{ endpoint: stub.endpoint, region: "eu-central-1", useQueueUrlAsEndpoint: false },
    credentials: { accessKeyId: "a", secretAccessKey: "b" },
  };
  const file = join(folder, "below", "settings.json");
  return {
    file,
    opened: new TemporarySettings({
      ...{ lambda: new LambdaClient(client), sqs: new SQSClient(client), alias: "live", file },
    }),
  };
};
const change = () =>
  open().opened.apply(
    { worker: { timeoutSeconds: 900, variables: { B: "2" } } },
    { [`${stub.endpoint}/q`]: 960 },
  );

test("settings are changed, and restored by another process", async () => {
  const before = structuredClone(settings);
  await change();
  expect(settings).toEqual({ timeout: 900, variables: { A: "1", B: "2" }, live: "9", visibility: "960" });
  const { file, opened } = open();
  expect(existsSync(file)).toBe(true);
  await opened.restore();
  expect([settings, existsSync(file)]).toEqual([before, false]);
  // The live one need not be the newest.
  expect(versions).toEqual(["7", "8"]);
  await opened.restore();
  expect(settings).toEqual(before);
});

test("a second change after a kill restores the first settings at the end", async () => {
  const before = structuredClone(settings);
  await change();
  await change();
  expect(settings.variables).toEqual({ A: "1", B: "2" });
  await open().opened.restore();
  expect(settings).toEqual(before);
});
