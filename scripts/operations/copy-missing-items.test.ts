import { DynamoDBClient, type AttributeValue } from "@aws-sdk/client-dynamodb";
import * as z from "zod";
import { conditionFailed, success } from "../../packages/aws-stub/src/aws-responses";
import { startAwsStub, type AwsResponse, type AwsStub } from "../../packages/aws-stub/src/aws-stub";
import { copyMissingItems } from "./copy-missing-items";

type Item = Record<string, AttributeValue>;
const keys = z.object({ RequestItems: z.record(z.string(), z.object({ Keys: z.array(z.custom<Item>()) })) });
const put = z.object({ Item: z.custom<Item>(), ConditionExpression: z.string() });
const scan = z.object({ ExclusiveStartKey: z.object({ at: z.object({ N: z.string() }) }).optional() });

/** Two tables of DynamoDB, as far as a copy needs them: `from` has pages of three items. */
let stub: AwsStub;
let from: Item[];
let to: Map<string, Item>;
let writes: number;
let interrupt: () => AwsResponse | undefined;
beforeEach(async () => {
  [from, to, writes, interrupt] = [[], new Map(), 0, () => undefined];
  stub = await startAwsStub(({ operation, body }) => {
    const input: unknown = JSON.parse(body);
    if (operation.endsWith(".Scan")) {
      const at = Number(scan.parse(input).ExclusiveStartKey?.at.N ?? 0);
      const next = at + 3 < from.length ? { LastEvaluatedKey: { at: { N: String(at + 3) } } } : {};
      return success({ Items: from.slice(at, at + 3), ...next });
    }
    if (operation.endsWith(".BatchGetItem")) {
      const { Keys = [] } = keys.parse(input).RequestItems.live ?? {};
      const live = Keys.map((key) => to.get(id(key))).filter((found) => found !== undefined);
      return success({ Responses: { live } });
    }
    const ended = interrupt();
    if (ended !== undefined) return ended;
    const { Item, ConditionExpression } = put.parse(input);
    if (ConditionExpression === "attribute_not_exists(#k)" && to.has(id(Item))) return conditionFailed();
    writes += 1;
    to.set(id(Item), Item);
    return success({});
  });
});
afterEach(() => {
  stub.stop();
});

const id = ({ pk }: Item): string => pk?.S ?? "";
const itemOf = (pk: string, values: Item = {}): Item => ({ pk: { S: pk }, sk: { S: "TASK" }, ...values });
const copy = (dryRun = false) => {
  const credentials = { accessKeyId: "a", secretAccessKey: "b" };
  const client = new DynamoDBClient({
    region: "eu-central-1",
    endpoint: stub.endpoint,
    credentials,
    maxAttempts: 1,
  });
  const options = { from: "restored", to: "live", key: ["pk", "sk"], timeToLive: "expiresAt" };
  return copyMissingItems(client, { ...options, dryRun });
};

test("only missing items are copied, from all pages; those that have expired are not", async () => {
  from = ["1", "2", "3", "4", "5"].map((pk) => itemOf(pk, { value: { S: "old" } }));
  from.push(itemOf("6", { expiresAt: { N: "1" } }), itemOf("7", { expiresAt: { N: "9999999999" } }));
  to.set("2", itemOf("2", { value: { S: "new" } }));
  expect(await copy(true)).toEqual({ examined: 6, missing: 5, copied: 0 });
  expect(to.size).toBe(1);
  expect(await copy()).toEqual({ examined: 6, missing: 5, copied: 5 });
  expect([...to.keys()].sort()).toEqual(["1", "2", "3", "4", "5", "7"]);
  expect(to.get("2")).toMatchObject({ value: { S: "new" } });
});

test("an item that the service writes meanwhile is not overwritten", async () => {
  from = [itemOf("1", { value: { S: "old" } })];
  interrupt = () => {
    to.set("1", itemOf("1", { value: { S: "new" } }));
    return undefined;
  };
  expect(await copy()).toEqual({ examined: 1, missing: 1, copied: 0 });
  expect(to.get("1")).toMatchObject({ value: { S: "new" } });
});

test("killed at any write, the same copy writes the remaining items, each once", async () => {
  from = ["1", "2", "3", "4", "5", "6", "7"].map((pk) => itemOf(pk));
  for (let at = 1; at <= from.length; at++) {
    to.clear();
    writes = 0;
    let sent = 0;
    interrupt = () => {
      sent += 1;
      return sent >= at ? "disconnect" : undefined;
    };
    await expect(copy()).rejects.toThrow();
    interrupt = () => undefined;
    await copy();
    expect([to.size, writes]).toEqual([from.length, from.length]);
  }
});
