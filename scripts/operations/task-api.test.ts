import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exampleEnvironment } from "../../deploy/testing/environments";
import {
  startAwsStub,
  type AwsCall,
  type AwsResponse,
  type AwsStub,
} from "../../packages/aws-stub/src/aws-stub";
import { naming } from "../../deploy/shared/naming";
import { awsAccount } from "../testing/test-account";
import { UsageError } from "../core/errors";
import { selectTasks } from "./bulk-tasks";
import { taskApi } from "./task-api";

type Authorization = "none" | "iam" | "jwt";

let stub: AwsStub;
let folder: string;
let tokenFile: string;
/** Requests to the API, and the responses to the next ones. */
let requests: AwsCall[];
let responses: AwsResponse[];
let names: string[];
/** The name of the API of dev. */
let api: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "token-"));
  tokenFile = join(folder, "token");
  writeFileSync(tokenFile, "a.jwt\n");
  api = naming(await exampleEnvironment("dev"))("api");
  [requests, responses, names] = [[], [], [api]];
  stub = await startAwsStub((call) => {
    if (call.operation.startsWith("GET /v2/apis")) return page(call);
    requests.push(call);
    return responses.shift() ?? json({ tasks: [] });
  });
});
afterEach(() => {
  stub.stop();
  rmSync(folder, { recursive: true });
});

const json = (body: object, status = 200, headers: Readonly<Record<string, string>> = {}): AwsResponse => ({
  status,
  headers: { "content-type": "application/json", ...headers },
  body: JSON.stringify(body),
});
/** Pages of one API each. */
function page({ operation }: AwsCall): AwsResponse {
  const at = operation.endsWith("?nextToken") ? 1 : 0;
  const items = names.slice(at, at + 1).map((name) => ({ name, apiEndpoint: stub.endpoint }));
  return json({ items, ...(at + 1 < names.length && { nextToken: "next" }) });
}

async function open(authorization: Authorization, token?: string) {
  const config = await exampleEnvironment("dev");
  const client = {
    ...{ region: "eu-central-1", endpoint: stub.endpoint },
    credentials: { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "secret" },
  };
  return taskApi(awsAccount({ ...config, app: { ...config.app, authorization } }, client), token);
}
const list = async (...given: Parameters<typeof open>) => {
  const tasks = [];
  for await (const task of selectTasks(await open(...given), { states: ["failed"] })) tasks.push(task);
  return tasks;
};

test("requests are signed by the caller's credentials, or have the token, or neither", async () => {
  await list("iam");
  await list("jwt", tokenFile);
  await list("none");
  const [iam, jwt, none] = requests.map(({ headers }) => headers.authorization);
  expect(iam).toMatch(
    /^AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE\/\d+\/eu-central-1\/execute-api\/aws4_request, /,
  );
  expect([jwt, none]).toEqual(["Bearer a.jwt", undefined]);
});

test("a missing token is wrong usage, and one that is not needed", async () => {
  await expect(open("jwt")).rejects.toThrow(UsageError);
  await expect(open("iam", tokenFile)).rejects.toThrow(UsageError);
  expect(requests).toEqual([]);
});

test("the API is found on any page; without it the environment is not deployed", async () => {
  names = ["another", api];
  await list("none");
  names = ["another", "another-api"];
  await expect(list("none")).rejects.toThrow(`There is no API ${api} in `);
  expect(requests).toHaveLength(1);
});

test("a request is repeated while the API is busy or does not respond", async () => {
  responses = [json({}, 429, { "retry-after": "0" }), "disconnect", json({}, 503, { "retry-after": "0" })];
  expect(await list("none")).toEqual([]);
  expect(requests).toHaveLength(4);
});

test("a request that stays without success fails with the reason", async () => {
  responses = Array.from({ length: 5 }, () => json({ title: "busy" }, 503, { "retry-after": "0" }));
  await expect(list("none")).rejects.toThrow("GET /tasks was refused with status 503: busy");
});

test.each([
  [403, { message: "Forbidden" }, "status 403: Forbidden"],
  [401, { message: "Unauthorized" }, "status 401: Unauthorized"],
  [501, { title: "No table", detail: "None." }, "status 501: No table: None."],
])("a refusal with status %d is not repeated", async (status, body, message) => {
  responses = [json(body, status)];
  await expect(list("none")).rejects.toThrow(message);
  expect(requests).toHaveLength(1);
});
