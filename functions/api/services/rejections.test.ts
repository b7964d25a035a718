import { TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { InvalidMessageContents } from "@aws-sdk/client-sqs";
import { newTaskId } from "../../shared/tasks/task-id";
import { noon } from "../../shared/testing/builders";
import { testApi } from "../testing/test-api";

const echo = { type: "echo", payload: { message: "hello" } };
const named = (name: string) => Object.assign(new Error("of the table tasks-dev"), { name });
const cancelled = (Code: string) =>
  new TransactionCanceledException({
    message: "cancelled",
    $metadata: {},
    CancellationReasons: [{ Code: "None" }, { Code }],
  });

test.each([
  ["ValidationException", named("ValidationException"), 422],
  ["ItemCollectionSizeLimitExceededException", named("ItemCollectionSizeLimitExceededException"), 422],
  ["a transaction whose item is not valid", cancelled("ValidationError"), 422],
  ["a transaction that is throttled", cancelled("ThrottlingError"), 503],
  ["throttling", named("ProvisionedThroughputExceededException"), 503],
  ["a denied call", named("AccessDeniedException"), 503],
  ["a lost connection", named("TimeoutError"), 503],
])("a task that DynamoDB refuses by %s", async (_what, error, status) => {
  const { api, repository } = testApi();
  jest.spyOn(repository, "create").mockRejectedValue(error);
  const { body, headers, text } = await api.post("/tasks").send(echo).expect(status);
  expect(headers["retry-after"]).toBe(status === 503 ? "5" : undefined);
  expect(body).toMatchObject(
    status === 422
      ? { type: "/problems/unstorable-payload", errors: [{ pointer: "/payload" }] }
      : { type: "/problems/service-unavailable" },
  );
  expect(text).not.toContain("tasks-dev");
});

test.each([
  ["for its characters", new InvalidMessageContents({ message: "characters", $metadata: {} }), 422],
  ["for its size", named("InvalidParameterValue"), 422],
  ["for now", named("RequestThrottled"), 503],
])("without a table, a message that SQS refuses %s", async (_what, error, status) => {
  const { api, queue } = testApi({ repository: undefined });
  jest.spyOn(queue, "send").mockRejectedValue(error);
  await api.post("/tasks").send(echo).expect(status);
});

test("a call that DynamoDB can never serve is a 500 without Retry-After", async () => {
  const { api, repository } = testApi();
  jest.spyOn(repository, "get").mockRejectedValue(named("ValidationException"));
  const { headers } = await api.get(`/tasks/${newTaskId(noon)}`).expect(500);
  expect(headers["retry-after"]).toBeUndefined();
});
