import { SQSClient } from "@aws-sdk/client-sqs";
import { sqsDenied } from "../../aws-stub/src/aws-responses";
import { DeadLetterGroups, groupReason, type DeadLetter } from "./dead-letter";
import { DeadLetterQueue } from "./dead-letter-queue";
import { SimulatedQueues } from "./testing/simulated-queues";

/** Bodies are `<type>:<reason>`. */
const describeBody = (body: string) => {
  const [type = "", reason = ""] = body.split(":");
  return Promise.resolve({ id: `id-${body}`, type, reason });
};

let simulated: SimulatedQueues;
let queue: DeadLetterQueue;
beforeEach(async () => {
  simulated = new SimulatedQueues();
  await simulated.start();
  const { endpoint } = simulated;
  const sqs = new SQSClient({
    region: "eu-central-1",
    endpoint,
    credentials: { accessKeyId: "a", secretAccessKey: "b" },
    useQueueUrlAsEndpoint: false,
    maxAttempts: 1,
  });
  queue = new DeadLetterQueue({ sqs, url: simulated.url("dead"), describe: describeBody });
});
afterEach(() => {
  simulated.stop();
});

const putAll = (...bodies: string[]) => {
  for (const body of bodies) simulated.put("dead", body);
};
const numbered = (count: number) => Array.from({ length: count }, (_, at) => `a:reason ${at}`);
const selected = async (options?: Parameters<DeadLetterQueue["select"]>[0]) => {
  const letters: DeadLetter[] = [];
  for await (const letter of queue.select(options)) letters.push(letter);
  return letters.map(({ body }) => body);
};

test("all dead letters are selected once, and are visible afterwards", async () => {
  const bodies = numbered(25);
  putAll(...bodies);
  expect(await selected()).toEqual(bodies);
  expect(simulated.bodies("dead")).toEqual(bodies);
  expect(simulated.hidden("dead")).toBe(0);
});

test("messages that become visible during a selection are not selected twice", async () => {
  putAll(...numbered(12));
  const bodies: string[] = [];
  for await (const { body } of queue.select()) {
    bodies.push(body);
    if (bodies.length === 10) simulated.makeVisible("dead");
  }
  expect(bodies.sort()).toEqual(numbered(12).sort());
});

test("a selection of a queue whose messages are always visible ends", async () => {
  putAll("a:x");
  simulated.intercept = () => {
    simulated.makeVisible("dead");
    return undefined;
  };
  expect(await selected()).toEqual(["a:x"]);
});

test.each([
  ["type", { type: "b" }, ["b:down for 7 s"]],
  ["a part of the reason", { reason: "for 3" }, ["a:down for 3 s"]],
  ["the reason of a group", { reason: "down for # s" }, ["a:down for 3 s", "b:down for 7 s"]],
  ["the id of the subject", { id: "id-a:other" }, ["a:other"]],
  ["the id of the message", { id: "message-1" }, ["a:down for 3 s"]],
  ["age", { sentBefore: new Date("2026-01-02") }, ["a:old"]],
])("selected by %s", async (_what, filter, expected) => {
  putAll("a:down for 3 s", "b:down for 7 s", "a:other");
  simulated.put("dead", "a:old", new Date("2026-01-01"));
  expect(await selected({ filter })).toEqual(expected);
  expect(simulated.hidden("dead")).toBe(0);
});

test("the limit counts selected dead letters only", async () => {
  putAll("b:x", "b:y", "a:x", "a:y", "a:z");
  expect(await selected({ filter: { type: "a" }, limit: 2 })).toEqual(["a:x", "a:y"]);
  expect(simulated.hidden("dead")).toBe(0);
});

test("the selected dead letters are moved, the others stay", async () => {
  putAll("a:x", "b:x", "a:y");
  const to = simulated.url("source");
  expect(await queue.move({ to, filter: { type: "a" } })).toBe(2);
  expect(simulated.bodies("source")).toEqual(["a:x", "a:y"]);
  expect(simulated.bodies("dead")).toEqual(["b:x"]);
  expect(simulated.hidden("dead")).toBe(0);
});

test("messages that fail again at once are moved once, and the move ends", async () => {
  simulated.put("dead", "a:x", new Date("2026-01-01"));
  simulated.put("dead", "a:y", new Date("2026-01-01"));
  let sent = 0;
  const to = (body: string) => {
    sent += 1;
    simulated.put("dead", body, new Date(Date.now() + 1_000));
    return Promise.resolve();
  };
  expect(await queue.move({ to })).toBe(2);
  expect([sent, simulated.bodies("dead")]).toEqual([2, ["a:x", "a:y"]]);
  expect(simulated.hidden("dead")).toBe(0);
});

test("a message is moved with its message group", async () => {
  simulated.put("dead", "a:x", new Date("2026-01-01"), "a-caller");
  simulated.put("dead", "a:y");
  await queue.move({ to: simulated.url("source") });
  expect(simulated.groups("source")).toEqual(["a-caller", undefined]);
});

test("a moved message can have another body; a refused body leaves the dead letter in its queue", async () => {
  putAll("a:x", "a:y");
  const bodyOf = ({ body }: DeadLetter) => {
    if (body === "a:y") throw new Error("refused");
    return "edited";
  };
  await expect(queue.move({ to: simulated.url("source"), bodyOf })).rejects.toThrow("refused");
  expect(simulated.bodies("source")).toEqual(["edited"]);
  expect(simulated.bodies("dead")).toEqual(["a:y"]);
  expect(simulated.hidden("dead")).toBe(0);
});

test.each(["SendMessage", "DeleteMessage"])(
  "interrupted at any %s, each message is in one of the queues, and the next move resumes",
  async (operation) => {
    const bodies = numbered(4);
    for (let failing = 1; failing <= bodies.length; failing++) {
      putAll(...bodies);
      let count = 0;
      simulated.intercept = (call) => {
        if (call.operation === `AmazonSQS.${operation}`) count += 1;
        // After it, nothing is confirmed any more: as if the process had been killed.
        return count >= failing ? sqsDenied : undefined;
      };
      const to = simulated.url("source");
      await expect(queue.move({ to })).rejects.toThrow("Access to the resource is denied");
      const sent = simulated.bodies("source");
      expect(sent).toHaveLength(operation === "SendMessage" ? failing - 1 : failing);
      expect(new Set([...sent, ...simulated.bodies("dead")])).toEqual(new Set(bodies));

      simulated.intercept = () => undefined;
      simulated.makeVisible("dead");
      await queue.move({ to });
      expect(simulated.bodies("dead")).toEqual([]);
      expect(new Set(simulated.bodies("source"))).toEqual(new Set(bodies));
      while (simulated.bodies("source").length > 0) await emptySource();
    }
  },
);

/** Deletes what was moved, for the next round. */
async function emptySource(): Promise<void> {
  const sqs = new SQSClient({
    region: "eu-central-1",
    endpoint: simulated.endpoint,
    credentials: { accessKeyId: "a", secretAccessKey: "b" },
    useQueueUrlAsEndpoint: false,
  });
  await new DeadLetterQueue({ sqs, url: simulated.url("source"), describe: describeBody }).delete();
}

test("only the selected dead letters are deleted, and none is sent", async () => {
  putAll("a:x", "b:x");
  expect(await queue.delete({ filter: { type: "b" } })).toBe(1);
  expect(simulated.bodies("dead")).toEqual(["a:x"]);
  expect(simulated.operations).not.toContain("SendMessage");
});

test("no more than the rate are moved per second", async () => {
  putAll(...numbered(4));
  const start = performance.now();
  await queue.move({ to: simulated.url("source"), rate: 10 });
  expect(performance.now() - start).toBeGreaterThan(290);
});

test("groups count dead letters by type and by reason without ids and numbers", () => {
  const groups = new DeadLetterGroups();
  const letter = (type: string, reason: string, day: string): DeadLetter => ({
    ...{ id: undefined, messageId: day, body: "", type, reason },
    sentAt: new Date(day),
  });
  groups.add(letter("b", "down for 3 s", "2026-01-01"));
  groups.add(letter("a", "There is no invoice 7", "2026-01-03"));
  groups.add(letter("a", "There is no invoice 8", "2026-01-02"));
  expect(groups.list()).toEqual([
    { type: "a", reason: "There is no invoice #", count: 2, oldest: new Date("2026-01-02") },
    { type: "b", reason: "down for # s", count: 1, oldest: new Date("2026-01-01") },
  ]);
});

test("ULIDs and UUIDs are no part of a group's reason", () => {
  expect(groupReason("Task 01ARZ3NDEKTSV4RRFFQ69G5FAV of 123e4567-e89b-12d3-a456-426614174000 failed")).toBe(
    "Task # of # failed",
  );
});
