import { idempotencyOf } from "@serverless-tasks/functions/api/services/idempotency";
import { principalOf } from "@serverless-tasks/functions/api/services/principal";
import { aTask } from "@serverless-tasks/functions/shared/testing/builders";
import * as responses from "../../../packages/aws-stub/src/aws-responses";
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
const withKey = postEcho({ "idempotency-key": "once" });

const recordExists = [transactionCanceled("None", "ConditionalCheckFailed")];
const ofCaller = { principal: principalOf(), requestId };
const { payloadHash } = idempotencyOf("once", "createTask", ofCaller, newEcho, new Date());
const record = { requestId: "request-0", payloadHash, task: aTask() };
const replaying = (values: object) => ({
  TransactWriteItems: recordExists,
  GetItem: [success({ Item: item({ ...record, ...values }) })],
});

const tableFailures: Readonly<Record<string, readonly AwsResponse[]>> = {
  "throttled once": [responses.throttled],
  "always throttled": always(responses.throttled),
  "HTML page once": [responses.htmlError],
  "always HTML page": always(responses.htmlError),
  "empty error once": [responses.emptyError],
  "always empty error": always(responses.emptyError),
  "SlowDown twice": [responses.slowDown, responses.slowDown],
  "connection closed once": [responses.disconnected],
  "connection always closed": always(responses.disconnected),
  "truncated response": [responses.truncated],
  "missing table": [responses.noTable],
  "access denied": [responses.accessDenied],
  "validation error": [responses.invalid],
  "condition failed, task of another request": [conditionFailed(stored({}, "request-0"))],
  "condition failed, task of the same request": [conditionFailed(stored())],
  "condition failed, no task": [conditionFailed()],
};
const queueFailures: Readonly<Record<string, readonly AwsResponse[]>> = {
  "missing queue": [responses.noQueue],
  "access denied": [responses.sqsDenied],
  "throttled once": [responses.sqsThrottled],
  "always throttled": always(responses.sqsThrottled),
  "connection closed once": [responses.disconnected],
  "wrong digest": [responses.otherDigest],
  "always HTML page": always(responses.htmlError),
};
const transactionFailures: Readonly<Record<string, readonly AwsResponse[]>> = {
  conflict: [transactionCanceled("TransactionConflict", "None")],
  "throttled item": [transactionCanceled("ThrottlingError", "None")],
  "always throttled": always(responses.throttled),
  "parameter mismatch": [responses.otherParameters],
};

/** A scenario for each list of responses to an operation. */
const each = (
  call: string,
  event: unknown,
  operation: string,
  cases: Readonly<Record<string, readonly AwsResponse[]>>,
): Scenario[] =>
  Object.entries(cases).map(([name, ofOperation]) => ({
    name: `${call}, ${operation}: ${name}`,
    event,
    aws: { [operation]: ofOperation },
  }));

/** Events of an API with a table, for which AWS returns items or errors. */
export const apiFailures: readonly Scenario[] = [
  ...each("create", postEcho(), "PutItem", tableFailures),
  ...each("create", postEcho(), "SendMessage", queueFailures),
  ...each("create", postEcho(), "UpdateItem", tableFailures),
  ...each("create with a key", withKey, "TransactWriteItems", transactionFailures),
  { name: "key used before", event: withKey, aws: replaying({}) },
  { name: "key used before by the same request", event: withKey, aws: replaying({ requestId }) },
  { name: "key used before with another body", event: withKey, aws: replaying({ payloadHash: "other" }) },
  { name: "key used before, invalid record", event: withKey, aws: replaying({ task: 1 }) },
  { name: "key used before, expired record", event: withKey, aws: { TransactWriteItems: recordExists } },
  ...each("get", get(), "GetItem", {
    "a task": [success({ Item: storedItem({ payload: anyJson, result: anyJson, error: "no" }) })],
    "invalid item": [success({ Item: item({ ...stored(), state: "odd", createdAt: "today" }) })],
    "truncated response": [responses.truncated],
    "connection always closed": always(responses.disconnected),
  }),
  ...each("get with If-None-Match", get({ "if-none-match": "*" }), "GetItem", {
    "a task": [success({ Item: storedItem() })],
  }),
  ...each("HEAD", httpEvent("HEAD", path), "GetItem", {
    "a task": [success({ Item: storedItem() })],
  }),
  ...each("list", httpEvent("GET", "/tasks?limit=2&type=echo"), "Query", {
    "two pages": [
      success({ Items: [storedItem()], LastEvaluatedKey: item({ pk: "TASK#1", sk: "TASK" }) }),
      success({ Items: [storedItem(), storedItem()] }),
    ],
    "validation error": [responses.invalid],
    // Only once: the concurrent queries of the shards would get more responses in varying order.
    "throttled once": [responses.throttled],
  }),
  ...[cancel, httpEvent("DELETE", path), retry].flatMap((event) =>
    each(`${event.requestContext.http.method} ${event.rawPath}`, event, "UpdateItem", {
      "already cancelled": [conditionFailed(stored({ state: "cancelled" }))],
      running: [conditionFailed(stored({ state: "running" }))],
      "missing task": [conditionFailed()],
      success: [success({ Attributes: storedItem({ state: "cancelled" }) })],
      "missing table": [responses.noTable],
    }),
  ),
  {
    name: "retry, SendMessage: missing queue",
    event: retry,
    aws: { UpdateItem: [success({ Attributes: storedItem() })], SendMessage: [responses.noQueue] },
  },
];

/** Events of an API without a table. */
export const apiWithoutTable: readonly Scenario[] = [
  { name: "create", event: postEcho() },
  { name: "create with a key", event: withKey },
  { name: "get", event: get() },
  { name: "list", event: httpEvent("GET", "/tasks") },
  { name: "cancel", event: cancel },
  { name: "retry", event: retry },
  ...each("create", postEcho(), "SendMessage", queueFailures),
];
