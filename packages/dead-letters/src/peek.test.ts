import { SQSClient } from "@aws-sdk/client-sqs";
import { peekDeadLetters } from "./peek";
import { SimulatedQueues } from "./testing/simulated-queues";

let simulated: SimulatedQueues;
beforeEach(async () => {
  simulated = new SimulatedQueues();
  await simulated.start();
});
afterEach(() => {
  simulated.stop();
});
const props = () => ({
  sqs: new SQSClient({
    ...{ endpoint: simulated.endpoint, region: "eu-central-1", useQueueUrlAsEndpoint: false },
    credentials: { accessKeyId: "a", secretAccessKey: "b" },
  }),
  url: simulated.url("dead"),
  describe: (body: string) => Promise.resolve({ type: body.slice(0, 1), reason: `reason ${body}` }),
});

test("received messages are described and selected, and none is deleted", async () => {
  for (const body of ["a1", "b1", "a2"]) simulated.put("dead", body);
  const { letters, method } = await peekDeadLetters(props(), { type: "a" }, 100);
  expect([letters.map(({ body }) => body), method]).toEqual([["a1", "a2"], "receive"]);
  expect(simulated.bodies("dead")).toEqual(["a1", "b1", "a2"]);
  expect(new Set(simulated.operations)).toEqual(new Set(["ReceiveMessage"]));
});

test("the bound is reported", async () => {
  for (let at = 0; at < 30; at++) simulated.put("dead", `a${at}`);
  const { letters, isBounded } = await peekDeadLetters(props(), {}, 10);
  expect([letters.length, isBounded]).toEqual([10, true]);
});

test("what is browsed is not received", async () => {
  const message = { MessageId: "m", Body: "a", Attributes: { SentTimestamp: "1700000000000" } };
  const browse = () => Promise.resolve([message]);
  const { letters, method, isBounded } = await peekDeadLetters({ ...props(), browse }, {}, 10);
  expect(letters).toMatchObject([{ messageId: "m", sentAt: new Date(1_700_000_000_000) }]);
  expect([method, isBounded, simulated.operations]).toEqual(["emulator", false, []]);
});
