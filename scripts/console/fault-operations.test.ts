import { createTasksClient } from "../../client";
import { withStore, type StoreKind } from "../../deploy/emulator/local-store";
import { exampleEnvironment } from "../../deploy/testing/environments";
import { faultNames } from "../../packages/console/src/endpoints";
import { faultOperations } from "./fault-operations";
import { localAccount } from "./local-console";

const target = { accountId: "111111111111", region: "eu-central-1", endpoint: "http://127.0.0.1:1" };

async function operationsOf(kind: StoreKind, isLocal = true) {
  const config = withStore(await exampleEnvironment("dev"), kind);
  const account = localAccount({ target, config });
  const api = createTasksClient({ baseUrl: target.endpoint });
  return faultOperations(account, api, isLocal ? () => [] : undefined);
}

test.each([
  ["dynamodb", "DynamoDB throttles"],
  ["postgres", "PostgreSQL refuses"],
] as const)("with %s all faults are offered, that of the store in its words", async (kind, words) => {
  const { session } = await operationsOf(kind);
  expect(session.unavailable).toBeUndefined();
  expect(session.offered.map(({ name }) => name)).toEqual(faultNames);
  expect(session.offered).toContainEqual({
    name: "throttle table",
    description: expect.stringContaining(words) as string,
  });
});

test.each([
  { where: "where tasks are not stored", kind: "none", isLocal: true, code: "tasks-not-stored" },
  { where: "outside the local cloud", kind: "dynamodb", isLocal: false, code: "no-emulator" },
] as const)("$where none is offered, and a start is refused with the reason", async (given) => {
  const { kind, isLocal, code } = given;
  const reason = code === "no-emulator" ? "into the local cloud only" : "tasks are not stored";
  const { session, operations } = await operationsOf(kind, isLocal);
  expect(session).toEqual({ offered: [], unavailable: expect.stringContaining(reason) as string });
  await expect(operations["faults/start"]({ faults: ["fail SQS"], tasks: 1 })).rejects.toMatchObject({
    status: 409,
    problem: { code, message: session.unavailable },
  });
});
