import * as answers from "../../../packages/aws-stub/src/aws-responses";
import { always, conditionFailed, item, success } from "../../../packages/aws-stub/src/aws-responses";
import { allShards } from "@serverless-tasks/functions/shared/aws/dynamodb/shards";
import type { AwsResponse } from "../../../packages/aws-stub/src/aws-stub";
import type { Scenario } from "./scenario";
import { anyJson, stored, storedItem } from "./stored-tasks";

const time = "2026-03-01T12:00:00Z";
const schedule = { kind: "schedule", schedule: "hourly", time, type: "echo", payload: anyJson };
const sweep = { kind: "sweep", time };

const unsent = success({ Items: [storedItem()] });
const none = success({ Items: [] });
const queued = success({ Items: [storedItem({ state: "queued" })] });
const refusedEntry = success({
  Successful: [],
  Failed: [{ Id: "0", SenderFault: true, Code: "InvalidMessageContents" }],
});
/** Answers for the first shard that is read of each index, one list after the other; the other shards are empty. */
const inShards = (...ofIndexes: readonly (readonly AwsResponse[])[]): AwsResponse[] =>
  ofIndexes.flatMap((given) => allShards.map((_shard, at) => given[at] ?? none));
const abandoned = success({ Items: [item({ ...stored({ state: "running", attempts: 5 }), leaseEnds: 1 })] });

/** What the rules of EventBridge send to a producer that has a table. */
export const producerScenarios: readonly Scenario[] = [
  { what: "no event of a rule", event: { kind: "schedule", time: "today", more: 1 } },
  { what: "an unknown kind", event: { kind: "nothing" } },
  { what: "a schedule", event: schedule },
  { what: "a number that the table does not take", event: { ...schedule, payload: { number: 1.5e21 } } },
  { what: "a schedule, again", event: schedule, aws: { PutItem: [conditionFailed(stored())] } },
  {
    what: "a schedule's second firing",
    event: schedule,
    aws: { PutItem: [conditionFailed(stored({}, "other"))] },
  },
  { what: "a schedule, throttled once", event: schedule, aws: { PutItem: [answers.throttled] } },
  { what: "a schedule, always throttled", event: schedule, aws: { PutItem: always(answers.throttled) } },
  { what: "a schedule, always cut off", event: schedule, aws: { PutItem: always(answers.cut) } },
  { what: "a schedule that is not sent", event: schedule, aws: { SendMessage: [answers.noQueue] } },
  { what: "nothing to sweep", event: sweep },
  { what: "something to sweep", event: sweep, aws: { Query: inShards([abandoned], [queued], [unsent]) } },
  { what: "another sweep is running", event: sweep, aws: { PutItem: [conditionFailed()] } },
  {
    what: "something that is gone by then",
    event: sweep,
    aws: { Query: inShards([abandoned]), UpdateItem: [conditionFailed(), conditionFailed()] },
  },
  {
    what: "what cannot be sent",
    event: sweep,
    aws: { Query: inShards([], [], [unsent]), SendMessageBatch: always(answers.sqsThrottled) },
  },
  {
    what: "what SQS refuses in a batch",
    event: sweep,
    aws: { Query: inShards([], [], [unsent]), SendMessageBatch: [refusedEntry] },
  },
  {
    what: "what SQS refuses as a batch, and then alone",
    event: sweep,
    aws: {
      Query: inShards([], [], [unsent]),
      SendMessageBatch: [answers.badContents],
      SendMessage: [answers.badContents],
    },
  },
  {
    what: "what cannot be marked",
    event: sweep,
    aws: { Query: inShards([], [], [unsent]), UpdateItem: [answers.accessDenied] },
  },
  {
    what: "what cannot be read",
    event: sweep,
    aws: { Query: inShards([success({ Items: [item({ pk: "1" })] })]) },
  },
  { what: "no table to sweep", event: sweep, aws: { Query: [answers.noTable] } },
];

/** And to one that keeps nothing. */
export const producerWithoutTable: readonly Scenario[] = [
  { what: "a schedule", event: schedule },
  { what: "a schedule that is not sent", event: schedule, aws: { SendMessage: [answers.noQueue] } },
  { what: "a sweep", event: sweep },
];
