import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SQSClient } from "@aws-sdk/client-sqs";
import { UsageError } from "../../command-line/src/errors";
import { runDeadLetterCommand, validateDeadLetterValues, type DeadLetterValues } from "./commands";
import { DeadLetterQueue } from "./dead-letter-queue";
import { SimulatedQueues } from "./testing/simulated-queues";

const values = (given: Partial<DeadLetterValues> & Pick<DeadLetterValues, "action">): DeadLetterValues => ({
  ...{ id: undefined, type: undefined, reason: undefined, limit: undefined, rate: undefined },
  ...{ payload: undefined, "older-than": undefined, "dry-run": false },
  ...given,
});

let simulated: SimulatedQueues;
let folder: string;
let questions: string[];
let printed: string[];
beforeEach(async () => {
  simulated = new SimulatedQueues();
  await simulated.start();
  folder = mkdtempSync(join(tmpdir(), "dead-letters-"));
  [questions, printed] = [[], []];
  jest.spyOn(console, "log").mockImplementation((line: string) => printed.push(line));
});
afterEach(() => {
  jest.restoreAllMocks();
  simulated.stop();
  rmSync(folder, { recursive: true });
});

const run = (
  given: DeadLetterValues,
  confirm = (question: string) => Promise.resolve(void questions.push(question)),
) =>
  runDeadLetterCommand(given, confirm, () => {
    const { endpoint } = simulated;
    const credentials = { accessKeyId: "a", secretAccessKey: "b" };
    const sqs = new SQSClient({
      region: "eu-central-1",
      endpoint,
      credentials,
      useQueueUrlAsEndpoint: false,
    });
    const describe = (body: string) =>
      Promise.resolve({ id: body, type: "order", reason: `No stock of ${body}` });
    return Promise.resolve({
      queue: new DeadLetterQueue({ sqs, url: simulated.url("dead"), describe }),
      to: simulated.url("source"),
      withPayload: (body, payload) => `${body} ${JSON.stringify(payload)}`,
    });
  });

test.each([
  [{ action: "list", rate: 1 }],
  [{ action: "peek", "dry-run": true }],
  [{ action: "redrive", payload: "file" }],
  [{ action: "purge", payload: "file", id: "1" }],
] as const)("%j is wrong usage", (given) => {
  expect(() => {
    validateDeadLetterValues(values(given));
  }).toThrow(UsageError);
});

test.each([
  [{ action: "redrive", rate: 1, "dry-run": true }],
  [{ action: "redrive", payload: "file", id: "1" }],
  [{ action: "list", type: "order" }],
] as const)("%j is right", (given) => {
  validateDeadLetterValues(values(given));
});

test("list counts them by reason, and changes nothing without a confirmation", async () => {
  for (const body of ["1", "2"]) simulated.put("dead", body, new Date("2026-01-01"));
  expect(await run(values({ action: "list" }))).toEqual([
    { type: "order", reason: "No stock of #", count: 2, oldest: new Date("2026-01-01") },
  ]);
  expect(printed).toEqual([expect.stringMatching(/2 +order +2026-01-01T00:00:00.000Z +No stock of #/)]);
  expect([questions, simulated.bodies("dead"), simulated.hidden("dead")]).toEqual([[], ["1", "2"], 0]);
});

test("peek prints ten, with their bodies", async () => {
  for (let body = 1; body <= 12; body++) simulated.put("dead", String(body));
  expect(await run(values({ action: "peek" }))).toHaveLength(10);
  expect(printed[1]).toBe("  No stock of 1\n  1");
});

test.each(["redrive", "purge"] as const)("%s with --dry-run only counts", async (action) => {
  simulated.put("dead", "1");
  expect(await run(values({ action, "dry-run": true }))).toMatchObject([{ count: 1 }]);
  expect([questions, simulated.bodies("dead"), simulated.bodies("source")]).toEqual([[], ["1"], []]);
});

test.each([
  ["redrive", { moved: 1 }, ["1"]],
  ["purge", { deleted: 1 }, []],
] as const)("%s changes the selected ones after a confirmation", async (action, result, source) => {
  for (const body of ["1", "2"]) simulated.put("dead", body);
  expect(await run(values({ action, id: "1" }))).toEqual(result);
  expect(questions).toHaveLength(1);
  expect([simulated.bodies("dead"), simulated.bodies("source")]).toEqual([["2"], source]);
});

test.each(["redrive", "purge"] as const)("%s without a confirmation receives no message", async (action) => {
  simulated.put("dead", "1");
  await expect(run(values({ action }), () => Promise.reject(new Error("Not confirmed")))).rejects.toThrow();
  expect(simulated.operations).toEqual([]);
});

test("redrive sends the payload of a file", async () => {
  simulated.put("dead", "1");
  const payload = join(folder, "payload.json");
  writeFileSync(payload, '{"item":2}');
  expect(await run(values({ action: "redrive", id: "1", payload }))).toEqual({ moved: 1 });
  expect(simulated.bodies("source")).toEqual(['1 {"item":2}']);
});

test("a payload that is no JSON is refused before anything is received", async () => {
  const payload = join(folder, "payload.json");
  writeFileSync(payload, "{");
  await expect(run(values({ action: "redrive", id: "1", payload }))).rejects.toThrow(UsageError);
  expect(simulated.operations).toEqual([]);
});

test("a named dead letter that does not exist fails; none without a name does not", async () => {
  await expect(run(values({ action: "redrive", id: "9" }))).rejects.toThrow("There is no dead letter of 9.");
  expect(await run(values({ action: "redrive" }))).toEqual({ moved: 0 });
  expect(printed).toEqual(["There were none."]);
});
