import {
  ResourceNotFoundException,
  type GetSecretValueCommand,
  type SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { silentLog } from "../../testing/silent-log";
import { secretVersions } from "./versions";

function setUp(stored: Record<string, string | undefined>) {
  let time = 0;
  let calls = 0;
  let failure: Error | undefined;
  const send = ({ input }: GetSecretValueCommand) => {
    calls += 1;
    if (failure !== undefined) return Promise.reject(failure);
    const SecretString = stored[input.VersionStage ?? ""];
    if (SecretString === undefined)
      return Promise.reject(new ResourceNotFoundException({ message: "no version", $metadata: {} }));
    return Promise.resolve({ SecretString });
  };
  const client = { send } as unknown as SecretsManagerClient;
  const read = secretVersions(
    () => client,
    { arn: "arn:origin", maxAgeSeconds: 60 },
    silentLog,
    () => time,
  );
  return {
    read,
    calls: () => calls,
    later: (seconds: number) => (time += seconds * 1000),
    fail: (error: Error | undefined) => (failure = error),
  };
}

test("both versions are read, and concurrent requests share the calls", async () => {
  const { read, calls } = setUp({ AWSCURRENT: "new", AWSPREVIOUS: "old" });
  expect(await Promise.all([read(), read()])).toEqual([
    ["new", "old"],
    ["new", "old"],
  ]);
  expect(calls()).toBe(2);
});

test("before the first rotation there is only the current value", async () => {
  expect(await setUp({ AWSCURRENT: "first" }).read()).toEqual(["first"]);
});

test("a rotation is seen when the cached values have expired", async () => {
  const stored: Record<string, string> = { AWSCURRENT: "old" };
  const { read, later } = setUp(stored);
  await read();
  Object.assign(stored, { AWSCURRENT: "new", AWSPREVIOUS: "old" });
  later(59);
  expect(await read()).toEqual(["old"]);
  later(1);
  expect(await read()).toEqual(["new", "old"]);
});

test("the last known values are used while Secrets Manager fails", async () => {
  const { read, later, fail } = setUp({ AWSCURRENT: "known" });
  await read();
  fail(new Error("throttled"));
  later(60);
  expect(await read()).toEqual(["known"]);
});

test("a secret that was never read is read again for each request", async () => {
  const { read, fail } = setUp({ AWSCURRENT: "value" });
  fail(new Error("throttled"));
  await expect(read()).rejects.toThrow("throttled");
  fail(undefined);
  expect(await read()).toEqual(["value"]);
});
