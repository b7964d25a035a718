import * as responses from "../../../packages/aws-stub/src/aws-responses";
import { always, conditionFailed, item, success } from "../../../packages/aws-stub/src/aws-responses";
import { allShards } from "@serverless-tasks/functions/shared/aws/dynamodb/shards";
import type { AwsResponse } from "../../../packages/aws-stub/src/aws-stub";
import type { Scenario } from "./scenario";
import { anyJson, stored, storedItem } from "./stored-tasks";

const time = "2026-03-01T12:00:00Z";
const schedule = { kind: "schedule", schedule: "hourly", time, type: "echo", payload: anyJson };
const sweep = { kind: "sweep", time };

const unpublishedItem = storedItem();
const unpublished = success({ Items: [unpublishedItem] });
const none = success({ Items: [] });
const queuedItem = storedItem({ state: "queued" });
const queued = success({ Items: [queuedItem] });
const rejectedEntry = success({
  Successful: [],
  Failed: [{ Id: "0", SenderFault: true, Code: "InvalidMessageContents" }],
});
/** Responses for the first shard of each index that is queried, in this order; the other shards are empty. */
const inFirstShards = (...ofIndexes: readonly (readonly AwsResponse[])[]): AwsResponse[] =>
  ofIndexes.flatMap((pages) => allShards.map((_shard, at) => pages[at] ?? none));
const abandonedItem = item({ ...stored({ state: "running", attempts: 5 }), leaseEnds: 1 });
const abandoned = success({ Items: [abandonedItem] });
/** The tasks whose entries a query has returned. */
const tasks = (...items: readonly object[]) => success({ Responses: { tasks: items }, UnprocessedKeys: {} });
const oneUnpublished = {
  Query: inFirstShards([], [], [unpublished]),
  BatchGetItem: [tasks(unpublishedItem)],
};

/** Events of a producer with a table. */
export const producerScenarios: readonly Scenario[] = [
  { name: "invalid event", event: { kind: "schedule", time: "today", more: 1 } },
  { name: "unknown kind of event", event: { kind: "nothing" } },
  { name: "schedule", event: schedule },
  {
    name: "schedule with a number that DynamoDB cannot store",
    event: { ...schedule, payload: { number: 1.5e21 } },
  },
  {
    name: "schedule, repeated by the same request",
    event: schedule,
    aws: { PutItem: [conditionFailed(stored())] },
  },
  {
    name: "schedule, second event of a slot",
    event: schedule,
    aws: { PutItem: [conditionFailed(stored({}, "other"))] },
  },
  { name: "schedule, throttled once", event: schedule, aws: { PutItem: [responses.throttled] } },
  { name: "schedule, always throttled", event: schedule, aws: { PutItem: always(responses.throttled) } },
  {
    name: "schedule, connection always closed",
    event: schedule,
    aws: { PutItem: always(responses.disconnected) },
  },
  { name: "schedule, the queue does not exist", event: schedule, aws: { SendMessage: [responses.noQueue] } },
  { name: "sweep of an empty outbox", event: sweep },
  {
    name: "sweep",
    event: sweep,
    aws: {
      Query: inFirstShards([abandoned], [queued], [unpublished]),
      BatchGetItem: [tasks(abandonedItem), tasks(queuedItem), tasks(unpublishedItem)],
    },
  },
  { name: "sweep during another sweep", event: sweep, aws: { PutItem: [conditionFailed()] } },
  {
    name: "sweep, the abandoned task has ended meanwhile",
    event: sweep,
    aws: {
      Query: inFirstShards([abandoned]),
      BatchGetItem: [tasks(abandonedItem)],
      UpdateItem: [conditionFailed(), conditionFailed()],
    },
  },
  {
    name: "sweep, SQS always throttled",
    event: sweep,
    aws: { ...oneUnpublished, SendMessageBatch: always(responses.sqsThrottled) },
  },
  {
    name: "sweep, SQS rejects an entry of a batch",
    event: sweep,
    aws: { ...oneUnpublished, SendMessageBatch: [rejectedEntry] },
  },
  {
    name: "sweep, SQS rejects a batch and its message",
    event: sweep,
    aws: {
      ...oneUnpublished,
      SendMessageBatch: [responses.badContents],
      SendMessage: [responses.badContents],
    },
  },
  {
    name: "sweep, access denied when a task is marked as published",
    event: sweep,
    aws: { ...oneUnpublished, UpdateItem: [responses.accessDenied] },
  },
  {
    name: "sweep, an invalid item",
    event: sweep,
    aws: { Query: inFirstShards([success({ Items: [item({ pk: "1" })] })]) },
  },
  { name: "sweep, the table does not exist", event: sweep, aws: { Query: [responses.noTable] } },
];

/** Events of a producer without a table. */
export const producerWithoutTable: readonly Scenario[] = [
  { name: "schedule", event: schedule },
  { name: "schedule, the queue does not exist", event: schedule, aws: { SendMessage: [responses.noQueue] } },
  { name: "sweep", event: sweep },
];
