import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { DynamoTaskRepository } from "./dynamo-task-repository";
import { findUnstorable, payloadLimits } from "../../tasks/storable";
import { aTask, noon } from "../../testing/builders";

/** The marshalled input of the SDK. */
function setUp() {
  const sent: string[] = [];
  const client = new DynamoDBClient({
    region: "eu-central-1",
    credentials: { accessKeyId: "a", secretAccessKey: "b" },
    requestHandler: {
      handle: ({ body }: { readonly body: string | Uint8Array }) => {
        sent.push(Buffer.from(body).toString());
        const response = { statusCode: 200, headers: {}, body: Buffer.from("{}") };
        return Promise.resolve({ response });
      },
    },
  });
  return { sent, repository: new DynamoTaskRepository(DynamoDBDocumentClient.from(client), "tasks-dev") };
}

/** The SDK would choose another type for each of these, or none, by its `constructor`. */
const value = {
  teams: [{ constructor: "Ferrari" }, { constructor: { name: "Set" } }],
  constructor: { name: "Map" },
};
const marshalled =
  '{"M":{"teams":{"L":[{"M":{"constructor":{"S":"Ferrari"}}},{"M":{"constructor":{"M":{"name":{"S":"Set"}}}}}]},' +
  '"constructor":{"M":{"name":{"S":"Map"}}}}}';

test("a payload and a result whose objects have a member named constructor are written unchanged", async () => {
  expect(findUnstorable(value, payloadLimits)).toBeUndefined();
  const { sent, repository } = setUp();
  const task = aTask({ payload: value });
  await repository.create(task, { requestId: "r" });
  await repository.create(task, { requestId: "r" }, { scope: "s", payloadHash: "h", expiresAt: noon });
  await repository.succeed(aTask(), value);
  expect(sent.map((body) => body.split(marshalled).length - 1)).toEqual([1, 2, 1]);
});
