import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { mockClient } from "aws-sdk-client-mock";
import { documentClient } from "../../shared/aws/clients";
import { allShards, shardOf } from "../../shared/aws/dynamodb/shards";
import { newTaskItem } from "../../shared/aws/dynamodb/task-item";
import { newTaskId } from "../../shared/tasks/task-id";
import { maxBatchCalls } from "../../shared/aws/dynamodb/dynamo-task-reader";
import { aTask, noon } from "../../shared/testing/builders";
import { DynamoTable } from "../../shared/testing/dynamo-table";
import { DynamoSweepStore } from "./dynamo-sweep-store";
import type { FoundPage } from "../../shared/tasks/sweep-store";

process.env.AWS_REGION = "eu-central-1";
const dynamo = mockClient(DynamoDBDocumentClient);
const store = new DynamoSweepStore(documentClient(), "tasks", () => noon);
beforeEach(() => dynamo.reset());

type Item = Readonly<Record<string, unknown>>;

const refused = () => new ConditionalCheckFailedException({ $metadata: {}, message: "refused" });
const earlier = new Date(noon.getTime() - 60_000);
const itemOf = (values: Parameters<typeof aTask>[0] = {}): Item =>
  newTaskItem(aTask({ id: newTaskId(earlier), updatedAt: earlier.toISOString(), ...values }), {
    requestId: "request-1",
  });

async function pagesOf(walk: AsyncIterable<FoundPage>): Promise<FoundPage[]> {
  const pages: FoundPage[] = [];
  for await (const page of walk) pages.push(page);
  return pages;
}
const idsOf = (pages: readonly FoundPage[]) => pages.flatMap(({ found }) => found.map(({ task }) => task.id));

/** Shards follow from the ids, which are random. */
function itemsOfOneShard(count: number): Item[] {
  const items: Item[] = [];
  while (items.length < count) items.push(...[itemOf()].filter(({ id }) => shardOf(String(id)) === 0));
  return items;
}

/** A table with these items. */
function holding(items: readonly Item[]): DynamoTable {
  const table = new DynamoTable();
  for (const item of items) table.fill(item);
  return table;
}

test("the outbox is read page by page from both ends, each task once, over all shards", async () => {
  const items = Array.from({ length: 3_000 }, () => itemOf());
  holding(items);
  const pages = await pagesOf(store.listUnpublished(noon));
  expect(idsOf(pages).sort()).toEqual(items.map(({ id }) => id).sort());
  // The first round has read the newest of every shard, the second the oldest.
  const firstOf = (round: number) => pages.slice(round * allShards.length, (round + 1) * allShards.length);
  for (const [round, end] of [
    [0, -1],
    [1, 0],
  ] as const) {
    for (const page of firstOf(round)) {
      const [first] = idsOf([page]);
      const ofShard = items
        .map(({ id }) => String(id))
        .filter((id) => first && shardOf(id) === shardOf(first));
      expect(idsOf([page])).toContain(ofShard.sort().at(end));
    }
  }
});

test("tasks that have just changed, or have a lease, are not found", async () => {
  const retried = itemOf({ updatedAt: noon.toISOString() });
  const young = itemOf({ id: newTaskId(noon) });
  const old = itemOf();
  holding([retried, young, old]);
  expect(idsOf(await pagesOf(store.listUnpublished(noon)))).toEqual([old.id]);

  const held = { ...itemOf({ state: "running" }), leaseEnds: noon.getTime() };
  const lapsed: Item = { ...itemOf({ state: "running" }), leaseEnds: 1 };
  const queued = itemOf({ state: "queued" });
  holding([held, lapsed, queued]);
  expect(idsOf(await pagesOf(store.listAbandoned(noon)))).toEqual([lapsed.id]);
  expect(idsOf(await pagesOf(store.listQueued(noon)))).toEqual([queued.id]);
});

test("an item that is not a task is reported, and the others are found", async () => {
  const [bad, good]: readonly [Item, Item] = [{ ...itemOf(), state: "odd" }, itemOf()];
  holding([bad, good]);
  const pages = await pagesOf(store.listUnpublished(noon));
  expect(idsOf(pages)).toEqual([good.id]);
  expect(pages.flatMap(({ unreadable }) => unreadable.map(({ message }) => message))).toEqual([
    expect.stringContaining(String(bad.id)),
  ]);
});

test("a shard that cannot be read is reported, and the others are read", async () => {
  const items = Array.from({ length: 100 }, () => itemOf());
  const [broken] = items;
  holding(items).failing = String(broken?.stateShard);
  const pages = await pagesOf(store.listUnpublished(noon));
  const expected = items.filter(({ stateShard }) => stateShard !== broken?.stateShard).map(({ id }) => id);
  expect(expected.length).toBeGreaterThan(0);
  expect(idsOf(pages).sort()).toEqual(expected.sort());
  expect(pages.flatMap(({ error }) => error?.message ?? [])).toEqual([
    `The partition ${String(broken?.stateShard)} is throttled`,
  ]);
});

test("tasks that DynamoDB does not return are reported, and the others are found", async () => {
  const items = itemsOfOneShard(2 * maxBatchCalls);
  const table = holding(items);
  table.batchItems = 1;
  const pages = await pagesOf(store.listUnpublished(noon));
  expect(idsOf(pages)).toHaveLength(maxBatchCalls);
  expect(pages.flatMap(({ error }) => error?.message ?? [])).toEqual([
    `DynamoDB did not return ${items.length - maxBatchCalls} tasks`,
  ]);
});

test("the task of a lost message is requeued only if it has not changed since", async () => {
  dynamo.on(UpdateCommand).resolvesOnce({}).rejectsOnce(refused());
  const task = aTask({ state: "queued" });
  expect(await store.requeue(task)).toBe(true);
  expect(await store.requeue(task)).toBe(false);
  expect(dynamo.commandCalls(UpdateCommand)[0]?.args[0].input).toMatchObject({
    ConditionExpression: "#state = :from AND #updatedAt = :found",
    ExpressionAttributeValues: {
      ":found": task.updatedAt,
      ":from": "queued",
      ":state": "pending",
      ":one": 1,
      ":stateShard": `pending#${shardOf(task.id)}`,
    },
  });
});

test("the lease is taken unless another holds it, and ended by its holder alone", async () => {
  dynamo.on(PutCommand).resolvesOnce({}).rejectsOnce(refused());
  dynamo.on(UpdateCommand).rejects(refused());
  expect(await store.acquireLease("me", noon)).toBe(true);
  expect(await store.acquireLease("me", noon)).toBe(false);
  await store.releaseLease("me");
  expect(dynamo.commandCalls(PutCommand)[0]?.args[0].input).toMatchObject({
    Item: { pk: "LEASE#sweep", holder: "me", leaseEnds: noon.getTime() },
    ConditionExpression: "attribute_not_exists(pk) OR leaseEnds < :now OR holder = :holder",
    ExpressionAttributeValues: { ":now": noon.getTime(), ":holder": "me" },
  });
  expect(dynamo.commandCalls(UpdateCommand)[0]?.args[0].input).toMatchObject({
    ConditionExpression: "holder = :holder",
  });
});
