import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { mockClient } from "aws-sdk-client-mock";
import { secretReader } from "../shared/aws/secrets/secrets";
import { secretsClient } from "../shared/aws/secrets/secrets-client";
import { aMessage, aRecord, aTask, noon } from "../shared/testing/builders";
import { canariesIn } from "../shared/testing/canary";
import { MemoryTaskQueue } from "../shared/testing/memory-task-queue";
import { MemoryTaskRepository } from "../shared/testing/memory-task-repository";
import { canary, inputs, ObservedOutput, observedLog } from "../shared/testing/observed-output";
import { processBatch } from "./batch/process-batch";
import { taskTypes } from "./handlers";
import { noonDependencies } from "./testing/noon-dependencies";

jest.mock("./handlers", () => jest.requireActual<object>("./testing/canary-task-types"));

const output = new ObservedOutput();
beforeEach(() => {
  output.start();
});
afterEach(() => {
  output.stop();
});

/** A worker whose secret is a canary, and a message in its queue. */
async function runWorker(body: string | ReturnType<typeof aMessage>, receiveCount: number, hasTable = true) {
  mockClient(SecretsManagerClient)
    .on(GetSecretValueCommand)
    .resolves({ SecretString: canary("secret") });
  process.env.AWS_REGION = "eu-central-1";
  const log = observedLog();
  const repository = new MemoryTaskRepository(() => noon);
  if (typeof body !== "string")
    await repository.create(aTask({ id: body.taskId, type: body.type, payload: body.payload }), {
      requestId: "r",
    });
  const deadline = new Date(noon.getTime() + 30_000);
  await processBatch(
    [aRecord(body, receiveCount)],
    { maxReceiveCount: 5, deadline },
    {
      ...{
        ...noonDependencies,
        log,
        metrics: output.metrics(taskTypes),
        repository: hasTable ? repository : undefined,
      },
      queue: new MemoryTaskQueue(),
      sendDeadLetter: () => Promise.resolve(),
      secret: secretReader(
        secretsClient,
        { arns: { "signing-key": "arn:aws:secretsmanager:x" }, maxAgeSeconds: 1 },
        log,
      ),
    },
  );
  return { repository };
}
const message = (type: string) => aMessage({ type, payload: { data: canary("message") } });

const messages: readonly (readonly [string, string | ReturnType<typeof aMessage>])[] = [
  ["a task that succeeds", message("returning")],
  ["a task that fails", message("discreet")],
  ["a result that cannot be stored", message("unstorable")],
  ["an unknown type", message(canary("message type"))],
  [
    "a payload that does not match its schema",
    aMessage({ type: "discreet", payload: { [canary("message")]: 1 } }),
  ],
  ["a task that reveals its secret", message("revealing")],
  [
    "a malformed trace",
    { ...message("discreet"), traceparent: canary("traceparent"), xrayTrace: canary("traceparent") },
  ],
  ["no JSON", canary("message")],
  ["another version", JSON.stringify({ ...message("discreet"), version: canary("message") })],
  ["no task id", JSON.stringify({ taskId: canary("message"), type: canary("message type") })],
];
test.each(
  messages.flatMap(([what, body]) =>
    [1, 5].flatMap((count) => [true, false].map((hasTable) => [what, count, hasTable, body] as const)),
  ),
)("the worker writes no input: %s, delivery %d, table: %s", async (_what, count, hasTable, body) => {
  const worker = await runWorker(body, count, hasTable);
  expect(output.written.length).toBeGreaterThan(1);
  expect(canariesIn(output.with(worker.repository), inputs)).toEqual([]);
});

test("what a handler puts into its error is found: the log and the task have it", async () => {
  const worker = await runWorker(message("quoting"), 1);
  expect(canariesIn(output.written.join("\n"), inputs)).toEqual(["message"]);
  expect(canariesIn([...worker.repository.entries.values()][0]?.task.error ?? "", inputs)).toEqual([
    "message",
  ]);
});

test.each<readonly [string, (text: string) => string]>([
  ["as it is", (text: string) => text],
  ["in lower case", (text: string) => text.toLowerCase()],
  ["in hexadecimal", (text: string) => Buffer.from(text).toString("hex")],
  ...[0, 1, 2].map(
    (before) =>
      [
        `in base64 after ${before} bytes`,
        (text: string) => Buffer.from("x".repeat(before) + text).toString("base64"),
      ] as const,
  ),
])("a canary is found %s", (_how, encode) => {
  expect(inputs.length).toBeGreaterThan(20);
  for (const input of inputs) expect(canariesIn(`a ${encode(canary(input))} b`, inputs)).toEqual([input]);
});
