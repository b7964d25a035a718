import * as z from "zod/mini";
import { aRecord } from "../testing/builders";
import { exampleSettings } from "../testing/example-settings";
import { silentLog } from "../testing/silent-log";
import { createConsumer, type MessageContext } from "./create-consumer";

const handled: [unknown, Pick<MessageContext, "messageId" | "receiveCount">][] = [];
const consumer = createConsumer(
  {
    message: z.strictObject({ text: z.string() }),
    handle: ({ text }, { messageId, receiveCount }) => {
      if (text === "fail") return Promise.reject(new Error("failed"));
      handled.push([text, { messageId, receiveCount }]);
      return Promise.resolve();
    },
  },
  () => ({ log: silentLog, settings: exampleSettings() }),
);

test("each message that fails or is invalid is reported, and no other", async () => {
  const bodies = ['{"text":"one"}', '{"text":"fail"}', '{"other":1}', "no JSON", '{"text":"two"}'];
  const Records = bodies.map((body) => aRecord(body, 2));
  const { batchItemFailures } = await consumer({ Records });
  const ids = Records.map(({ messageId }) => messageId);
  expect(batchItemFailures).toEqual([1, 2, 3].map((at) => ({ itemIdentifier: ids[at] })));
  expect(handled).toEqual([
    ["one", { messageId: ids[0], receiveCount: 2 }],
    ["two", { messageId: ids[4], receiveCount: 2 }],
  ]);
});

test("a batch without failures reports none", async () => {
  expect(await consumer({ Records: [aRecord('{"text":"three"}')] })).toEqual({ batchItemFailures: [] });
});
