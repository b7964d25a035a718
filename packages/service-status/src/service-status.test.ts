import { LambdaClient } from "@aws-sdk/client-lambda";
import { SQSClient } from "@aws-sdk/client-sqs";
import { noQueue, sqsDenied, success } from "../../aws-stub/src/aws-responses";
import { startAwsStub, type AwsCall, type AwsResponse, type AwsStub } from "../../aws-stub/src/aws-stub";
import { functionStatus, queueStatus } from "./service-status";

let stub: AwsStub;
let respond: (call: AwsCall) => AwsResponse | undefined;
beforeEach(async () => {
  stub = await startAwsStub((call) => respond(call));
});
afterEach(() => {
  stub.stop();
});
const config = () => ({
  region: "eu-central-1",
  endpoint: stub.endpoint,
  credentials: { accessKeyId: "a", secretAccessKey: "b" },
  maxAttempts: 1,
});

test("the live version of each function, and none of one that does not exist", async () => {
  const deployedAt = "2026-01-01T00:00:00.000+0000";
  respond = ({ operation }) => {
    expect(operation).toMatch(/configuration\?Qualifier$/);
    return operation.includes("orders-api")
      ? success({ Version: "7", LastModified: deployedAt })
      : {
          status: 404,
          headers: { "x-amzn-errortype": "ResourceNotFoundException" },
          body: JSON.stringify({ Type: "User", Message: "Function not found" }),
        };
  };
  expect(await functionStatus(new LambdaClient(config()), ["orders-api", "orders-worker"], "live")).toEqual([
    { name: "orders-api", live: { version: "7", deployedAt } },
    { name: "orders-worker" },
  ]);
});

const sqs = () => new SQSClient({ ...config(), useQueueUrlAsEndpoint: false });

test("the depth of each queue, and none of one that does not exist", async () => {
  respond = ({ operation, body }) => {
    if (operation === "AmazonSQS.GetQueueUrl")
      return body.includes("missing") ? noQueue : success({ QueueUrl: `${stub.endpoint}/orders` });
    return success({
      Attributes: {
        ApproximateNumberOfMessages: "3",
        ApproximateNumberOfMessagesNotVisible: "2",
        ApproximateNumberOfMessagesDelayed: "1",
      },
    });
  };
  expect(await queueStatus(sqs(), ["orders", "missing"])).toEqual([
    { name: "orders", messages: { visible: 3, inFlight: 2, delayed: 1 } },
    { name: "missing" },
  ]);
});

test("an operator without permission gets the error, not a missing queue", async () => {
  respond = () => sqsDenied;
  await expect(queueStatus(sqs(), ["orders"])).rejects.toThrow("Access to the resource is denied");
});
