import { idempotencyOf } from "@serverless-tasks/functions/api/services/idempotency";
import { principalOf } from "@serverless-tasks/functions/api/services/principal";
import { aTask } from "@serverless-tasks/functions/shared/testing/builders";
import * as answers from "../../../packages/aws-stub/src/aws-responses";
import {
  always,
  conditionFailed,
  item,
  success,
  transactionCanceled,
} from "../../../packages/aws-stub/src/aws-responses";
import type { AwsResponse } from "../../../packages/aws-stub/src/aws-stub";
import { httpEvent, newEcho, postEcho } from "./http-events";
import type { Scenario } from "./scenario";
import { anyJson, requestId, stored, storedItem } from "./stored-tasks";

const id = "01KJMBQ800ABCDEFGHJKMNPQRS";
const path = `/tasks/${id}`;
const get = (headers = {}) => httpEvent("GET", path, undefined, headers);
const cancel = httpEvent("POST", `${path}/cancel`);
const retry = httpEvent("POST", `${path}/retry`);
const once = postEcho({ "idempotency-key": "once" });

const refusedByRecord = [transactionCanceled("None", "ConditionalCheckFailed")];
const ofCaller = { principal: principalOf(), requestId };
const { payloadHash } = idempotencyOf("once", "createTask", ofCaller, newEcho, new Date());
const record = { requestId: "request-0", payloadHash, task: aTask() };
const replaying = (values: object) => ({
  TransactWriteItems: refusedByRecord,
  GetItem: [success({ Item: item({ ...record, ...values }) })],
});

const failures: Readonly<Record<string, readonly AwsResponse[]>> = {
  "throttled once": [answers.throttled],
  "always throttled": always(answers.throttled),
  "an HTML page once": [answers.htmlError],
  "always an HTML page": always(answers.htmlError),
  "an empty error once": [answers.emptyError],
  "always an empty error": always(answers.emptyError),
  "slow down, twice": [answers.slowDown, answers.slowDown],
  "cut off once": [answers.cut],
  "always cut off": always(answers.cut),
  "half an answer": [answers.halfAnAnswer],
  "no table": [answers.noTable],
  "access denied": [answers.accessDenied],
  "an invalid call": [answers.invalid],
  "refused, for another's task": [conditionFailed(stored({}, "request-0"))],
  "refused, for its own": [conditionFailed(stored())],
  "refused, for nothing": [conditionFailed()],
};
const ofQueue: Readonly<Record<string, readonly AwsResponse[]>> = {
  "no queue": [answers.noQueue],
  "denied by SQS": [answers.sqsDenied],
  "throttled once by SQS": [answers.sqsThrottled],
  "always throttled by SQS": always(answers.sqsThrottled),
  "cut off once by SQS": [answers.cut],
  "another digest": [answers.otherDigest],
  "a page of SQS": always(answers.htmlError),
};
const ofTransaction: Readonly<Record<string, readonly AwsResponse[]>> = {
  "a conflict": [transactionCanceled("TransactionConflict", "None")],
  "throttled in it": [transactionCanceled("ThrottlingError", "None")],
  "always throttled": always(answers.throttled),
  "other parameters": [answers.otherParameters],
};

/** A scenario for each answer of an operation. */
const each = (
  what: string,
  event: unknown,
  operation: string,
  all: Readonly<Record<string, readonly AwsResponse[]>>,
): Scenario[] =>
  Object.entries(all).map(([name, given]) => ({
    what: `${what}, ${operation}: ${name}`,
    event,
    aws: { [operation]: given },
  }));

/** What AWS answers other than success, or than nothing. */
export const apiFailures: readonly Scenario[] = [
  ...each("a task", postEcho(), "PutItem", failures),
  ...each("a task", postEcho(), "SendMessage", ofQueue),
  ...each("a task", postEcho(), "UpdateItem", failures),
  ...each("a task once", once, "TransactWriteItems", ofTransaction),
  { what: "accepted before", event: once, aws: replaying({}) },
  { what: "accepted before, for this very request", event: once, aws: replaying({ requestId }) },
  { what: "accepted before, with another body", event: once, aws: replaying({ payloadHash: "other" }) },
  { what: "accepted before, a bad record", event: once, aws: replaying({ task: 1 }) },
  { what: "accepted before, the record is gone", event: once, aws: { TransactWriteItems: refusedByRecord } },
  ...each("one task", get(), "GetItem", {
    "there is one": [success({ Item: storedItem({ payload: anyJson, result: anyJson, error: "no" }) })],
    "a bad one": [success({ Item: item({ ...stored(), state: "odd", createdAt: "today" }) })],
    "half an answer": [answers.halfAnAnswer],
    "always cut off": always(answers.cut),
  }),
  ...each("a task that is known", get({ "if-none-match": "*" }), "GetItem", {
    it: [success({ Item: storedItem() })],
  }),
  ...each("a task without its body", httpEvent("HEAD", path), "GetItem", {
    it: [success({ Item: storedItem() })],
  }),
  ...each("a page", httpEvent("GET", "/tasks?limit=2&type=echo"), "Query", {
    "of two answers": [
      success({ Items: [storedItem()], LastEvaluatedKey: item({ pk: "TASK#1", sk: "TASK" }) }),
      success({ Items: [storedItem(), storedItem()] }),
    ],
    "an invalid call": [answers.invalid],
    // More would be shared out among the queries of the shards in another way each time.
    "throttled once": [answers.throttled],
  }),
  ...[cancel, httpEvent("DELETE", path), retry].flatMap((event) =>
    each(`${event.requestContext.http.method} ${event.rawPath}`, event, "UpdateItem", {
      "it was so": [conditionFailed(stored({ state: "cancelled" }))],
      "it is begun": [conditionFailed(stored({ state: "running" }))],
      "there is none": [conditionFailed()],
      done: [success({ Attributes: storedItem({ state: "cancelled" }) })],
      "no table": [answers.noTable],
    }),
  ),
  {
    what: "tried again, and the queue is gone",
    event: retry,
    aws: { UpdateItem: [success({ Attributes: storedItem() })], SendMessage: [answers.noQueue] },
  },
];

/** What an API answers that keeps nothing. */
export const apiWithoutTable: readonly Scenario[] = [
  { what: "a task", event: postEcho() },
  { what: "a task once", event: once },
  { what: "one task", event: get() },
  { what: "a page", event: httpEvent("GET", "/tasks") },
  { what: "cancelled", event: cancel },
  { what: "tried again", event: retry },
  ...each("a task", postEcho(), "SendMessage", ofQueue),
];
