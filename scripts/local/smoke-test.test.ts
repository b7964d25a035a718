import { createServer, type Server } from "node:http";
import { listenOnLoopback } from "../../packages/aws-stub/src/loopback";
import { checkTask } from "./smoke-test";

let server: Server;
let url: string;
/** The stored task, as `GET /tasks/{id}` returns it. */
let stored: object;
beforeAll(async () => {
  server = createServer((request, response) => {
    response
      .writeHead(request.method === "POST" ? 202 : 200)
      .end(JSON.stringify(request.method === "POST" ? { id: "1", state: "pending" } : stored));
  });
  url = `http://127.0.0.1:${await listenOnLoopback(server)}`;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});
beforeEach(() => {
  // Only the check's own time passes quickly.
  const started = Date.now();
  let calls = 0;
  jest.spyOn(Date, "now").mockImplementation(() => started + 4_000 * calls++);
});
afterEach(() => jest.restoreAllMocks());
const check = () => checkTask(url, new AbortController().signal);

test("the check reports the worker's result", async () => {
  stored = { id: "1", state: "succeeded" };
  expect(await check()).toMatch(/^POST \/tasks → 202, and the worker's result after \d+ ms$/);
});

test("a task that does not succeed is reported with its state and its error", async () => {
  stored = { id: "1", state: "queued", error: "The secret token could not be read" };
  await expect(check()).rejects.toThrow(
    /\/tasks\/1: status 200, the task is queued: The secret token could not be read\.\n/,
  );
  stored = { id: "1", state: "queued" };
  await expect(check()).rejects.toThrow(/status 200, the task is queued\.\n/);
});
