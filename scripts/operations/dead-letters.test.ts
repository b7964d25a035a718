import { createHash } from "node:crypto";
import { loadEnvironment } from "../../deploy/config/load-environment";
import { item, success } from "../../packages/aws-stub/src/aws-responses";
import { startAwsStub } from "../../packages/aws-stub/src/aws-stub";
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
  let received = 0;
  const stub = await startAwsStub(({ operation }) => {
    if (operation === "DynamoDB_20120810.GetItem")
      return success(found === undefined ? {} : { Item: item(found) });
    if (operation === "AmazonSQS.GetQueueUrl") return success({ QueueUrl: `${stub.endpoint}/queue` });
    if (operation === "AmazonSQS.ChangeMessageVisibilityBatch")
      return success({ Successful: [], Failed: [] });
    received += 1;
    const MD5OfBody = createHash("md5").update(body).digest("hex");
    const Attributes = { SentTimestamp: "0" };
    const Messages = [{ MessageId: "1", ReceiptHandle: "1", Body: body, MD5OfBody, Attributes }];
    return success(received === 1 ? { Messages } : {});
  });
  try {
    const credentials = { accessKeyId: "a", secretAccessKey: "b" };
    const client = { region: "eu-central-1", endpoint: stub.endpoint, credentials };
    const config = await loadEnvironment("dev");
    const { queue } = await deadLetters({ config, client, account: "111111111111", isAws: false }, "task");
    const letters = [];
    for await (const letter of queue.select()) letters.push(letter);
    expect(letters).toMatchObject([{ id: message.taskId, type: "echo", reason }]);
  } finally {
    stub.stop();
  }
});
