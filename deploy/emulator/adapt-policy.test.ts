import { asEmulatorAsks, askedAs } from "./adapt-policy";

const send = { Sid: "TaskQueue", Effect: "Allow", Action: ["sqs:SendMessage"], Resource: "arn:q" } as const;

test("who may send a message may send a batch, for which the emulator asks by a name that IAM does not know", () => {
  expect(asEmulatorAsks([send])).toEqual([
    send,
    { ...send, Sid: "TaskQueueEmulated0", Action: "sqs:SendMessageBatch", Resource: ["arn:q"] },
  ]);
  expect(askedAs("sqs:SendMessage")).toBe("sqs:SendMessage");
});
