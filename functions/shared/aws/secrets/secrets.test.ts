import type { GetSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import { ResourceNotFoundException, type SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { secretReader } from "./secrets";
import { silentLog } from "../../testing/silent-log";

const arn = "arn:aws:secretsmanager:eu-central-1:111111111111:secret:tasks-dev-signing-key-AbCdEf";

function setUp() {
  let time = 0;
  const asked: unknown[] = [];
  const store: { answer: () => { SecretString?: string } } = { answer: () => ({ SecretString: "first" }) };
  const client = {
    send: (command: GetSecretValueCommand) => {
      asked.push(command.input.SecretId);
      return Promise.resolve().then(store.answer);
    },
  } as unknown as SecretsManagerClient;
  const settings = { arns: { "signing-key": arn }, maxAgeSeconds: 60 };
  const read = secretReader(
    () => client,
    settings,
    silentLog,
    () => time,
  );
  const later = (seconds: number) => {
    time += seconds * 1000;
  };
  return { store, asked, read, later };
}

const fails = () => {
  throw new ResourceNotFoundException({ message: "no value", $metadata: {} });
};

test("concurrent tasks that need a secret share one call, by its ARN", async () => {
  const { read, asked } = setUp();
  expect(await Promise.all([1, 2, 3].map(() => read("signing-key")))).toEqual(["first", "first", "first"]);
  expect(asked).toEqual([arn]);
});

test("a rotated value is read when the cached one has expired, and not before", async () => {
  const { store, read, later } = setUp();
  await read("signing-key");
  store.answer = () => ({ SecretString: "second" });
  later(59);
  expect(await read("signing-key")).toBe("first");
  later(1);
  expect(await read("signing-key")).toBe("second");
});

test("when Secrets Manager fails, the last known value is used, and Secrets Manager is not called for every task", async () => {
  const { store, asked, read, later } = setUp();
  await read("signing-key");
  store.answer = fails;
  later(60);
  expect([await read("signing-key"), await read("signing-key")]).toEqual(["first", "first"]);
  expect(asked).toHaveLength(2);
  store.answer = () => ({ SecretString: "second" });
  later(60);
  expect(await read("signing-key")).toBe("second");
});

test("a secret without a value is an error with its name, and is read again", async () => {
  const { store, read } = setUp();
  store.answer = fails;
  await expect(read("signing-key")).rejects.toThrow("The secret signing-key could not be read: no value");
  store.answer = () => ({});
  await expect(read("signing-key")).rejects.toThrow("its value is not a string");
  store.answer = () => ({ SecretString: "set" });
  expect(await read("signing-key")).toBe("set");
});

test("a secret that no task type declares is not read", async () => {
  const { read, asked } = setUp();
  await expect(read("another")).rejects.toThrow(
    "The secret another could not be read: no task type declares it",
  );
  expect(asked).toEqual([]);
});
