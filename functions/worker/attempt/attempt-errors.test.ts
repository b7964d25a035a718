import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { mockClient } from "aws-sdk-client-mock";
import { maxErrorMessageLength } from "../../shared/runtime/as-error";
import { forgetSecrets } from "../../shared/runtime/mask-secrets";
import { secretReader } from "../../shared/aws/secrets/secrets";
import { secretsClient } from "../../shared/aws/secrets/secrets-client";
import { aMessage, aRecord, aTask, noon } from "../../shared/testing/builders";
import { MemoryTaskQueue } from "../../shared/testing/memory-task-queue";
import { MemoryTaskRepository } from "../../shared/testing/memory-task-repository";
import { silentLog } from "../../shared/testing/silent-log";
import { taskTypes } from "../handlers";
import { processBatch } from "../batch/process-batch";
import { noonDependencies } from "../testing/noon-dependencies";

const [echo] = taskTypes;
const settings = { maxReceiveCount: 5, deadline: new Date(noon.getTime() + 30_000) };

afterEach(() => {
  jest.restoreAllMocks();
  forgetSecrets();
});

/** The stored task after a run of that handler. */
async function storedAfter(work: typeof echo.execute, secret = noonDependencies.secret) {
  jest.spyOn(echo, "execute").mockImplementation(work);
  const repository = new MemoryTaskRepository(() => noon);
  const task = aTask();
  await repository.create(task, { requestId: "r" });
  const dependencies = { ...noonDependencies, repository, queue: new MemoryTaskQueue(), secret };
  await processBatch([aRecord(aMessage({ taskId: task.id }))], settings, dependencies);
  return repository.get(task.id);
}

test.each<[string, unknown]>([
  ["a message of 500,000 characters", new Error("x".repeat(500_000))],
  ["a lone surrogate", new Error("a\ud800b")],
  ["an object without a prototype", Object.create(null)],
  ["an object that is no error", { code: 42 }],
  ["an error without a message", new Error("")],
  ["null", null],
  ["undefined", undefined],
])("an attempt that fails with %s ends, with an error that can be stored", async (_what, thrown) => {
  const task = await storedAfter(() => {
    throw thrown;
  });
  expect(task).toMatchObject({ state: "queued", error: expect.stringMatching(/\S/) });
  const error = task?.error ?? "";
  expect(error.length).toBeLessThanOrEqual(maxErrorMessageLength);
  expect(error).toBe(Buffer.from(error).toString());
  expect(error).not.toContain("[object");
});

test("a secret that the handler has read is not in the stored error", async () => {
  const client = mockClient(SecretsManagerClient);
  client.on(GetSecretValueCommand).resolves({ SecretString: "correct horse" });
  process.env.AWS_REGION = "eu-central-1";
  const read = secretReader(
    secretsClient,
    { arns: { "signing-key": "arn:a" }, maxAgeSeconds: 60 },
    silentLog,
  );
  const task = await storedAfter(async (_payload, { secret }) => {
    throw new Error(`401 for ?key=${encodeURIComponent(await secret("signing-key"))}`);
  }, read);
  expect(task).toMatchObject({ error: "401 for ?key=[secret signing-key]" });
});
