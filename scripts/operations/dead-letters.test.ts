import { createHash } from "node:crypto";
import { createTasksClient, type TasksClient } from "../../client";
import type { EnvironmentConfig } from "../../deploy/config/environment-config";
import { withStore } from "../../deploy/emulator/local-store";
import { exampleEnvironment } from "../../deploy/testing/environments";
import { item, success } from "../../packages/aws-stub/src/aws-responses";
import { startAwsStub } from "../../packages/aws-stub/src/aws-stub";
import type { DeadLetter } from "../../packages/dead-letters/src/dead-letter";
import { deadLetters, problemOf, withPayload } from "./dead-letters";

const message = {
  version: 2,
  taskId: "01ARZ3NDEKTSV4RRFFQ69G5FAV",
  revision: 3,
  type: "echo",
  payload: { wrong: true },
  requestId: "a-request",
  keyOfVersion2: "kept",
};
const body = JSON.stringify(message);

test("a payload that matches the schema replaces that of the message, and nothing else", () => {
  const payload = { message: "corrected" };
  expect(JSON.parse(withPayload(body, payload))).toEqual({ ...message, payload });
});

test.each([
  ["a payload of another schema", body, { wrong: true }, "does not match the schema of echo"],
  ["an unknown task type", JSON.stringify({ ...message, type: "nothing" }), {}, "of a known task type"],
  ["a message that is no task message", "{ not JSON", {}, "of a known task type"],
])("%s is refused", (_what, given, payload, problem) => {
  expect(() => withPayload(given, payload)).toThrow(problem);
});

test.each([
  ["{ not JSON", "The message is not a task message"],
  [JSON.stringify({ ...message, type: "nothing" }), "The task type is unknown"],
  [body, "The payload does not match the schema of its type"],
  [JSON.stringify({ ...message, payload: { message: "right" } }), "No reason is stored"],
])("without a table the reason of %j is %s", (given, reason) => {
  expect(problemOf(given)).toBe(reason);
});

const stored = {
  ...{ id: message.taskId, type: "echo", state: "failed", payload: {}, attempts: 5, revision: 3 },
  ...{ createdAt: "2026-01-01T00:00:00.000Z", updatedAt: "2026-01-01T00:00:00.000Z", requestId: "a-request" },
};

test.each([
  [
    "the error of its task",
    { ...stored, error: "The dependency did not respond" },
    "The dependency did not respond",
  ],
  [
    "what its message has when no task is stored",
    undefined,
    "The payload does not match the schema of its type",
  ],
  [
    "that its task cannot be read",
    { id: "other" },
    "This version of the service cannot read the stored task",
  ],
])("with a table the reason is %s", async (_what, found, reason) => {
  const config = await exampleEnvironment("dev");
  const table = found === undefined ? {} : { Item: item(found) };
  expect(await described(config, table, () => Promise.reject(new Error("The API was called")))).toMatchObject(
    [{ id: message.taskId, type: "echo", reason }],
  );
});

test("with PostgreSQL the reason is that of the task in the API, and no table is read", async () => {
  const config = withStore(await exampleEnvironment("dev"), "postgres");
  const error = "The dependency did not respond";
  const api = createTasksClient({
    baseUrl: "http://localhost",
    fetch: () => Promise.resolve(Response.json({ ...stored, error })),
  });
  expect(await described(config, undefined, () => Promise.resolve(api))).toMatchObject([
    { id: message.taskId, type: "echo", reason: error },
  ]);
});

test("without a store the reason is what its message has", async () => {
  const config = withStore(await exampleEnvironment("dev"), "none");
  const [letter] = await described(config, undefined, () => Promise.reject(new Error("The API was called")));
  expect(letter?.reason).toBe("The payload does not match the schema of its type");
});

/** The one dead letter of a queue. @param found the response of the table; undefined if it must not be read */
async function described(
  config: EnvironmentConfig,
  found: object | undefined,
  openApi: () => Promise<TasksClient>,
): Promise<DeadLetter[]> {
  let received = 0;
  const stub = await startAwsStub(({ operation }) => {
    if (operation === "DynamoDB_20120810.GetItem" && found !== undefined) return success(found);
    if (operation === "AmazonSQS.GetQueueUrl") return success({ QueueUrl: `${stub.endpoint}/queue` });
    if (operation === "AmazonSQS.ChangeMessageVisibilityBatch")
      return success({ Successful: [], Failed: [] });
    if (operation !== "AmazonSQS.ReceiveMessage") throw new Error(`Unexpected ${operation}`);
    received += 1;
    const MD5OfBody = createHash("md5").update(body).digest("hex");
    const Attributes = { SentTimestamp: "0" };
    const Messages = [{ MessageId: "1", ReceiptHandle: "1", Body: body, MD5OfBody, Attributes }];
    return success(received === 1 ? { Messages } : {});
  });
  try {
    const credentials = { accessKeyId: "a", secretAccessKey: "b" };
    const client = { region: "eu-central-1", endpoint: stub.endpoint, credentials };
    const account = { config, client, account: "111111111111", isAws: false };
    const { queue } = await deadLetters(account, "task", openApi);
    const letters = [];
    for await (const letter of queue.select()) letters.push(letter);
    return letters;
  } finally {
    stub.stop();
  }
}
