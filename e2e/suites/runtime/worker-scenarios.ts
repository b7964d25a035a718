import type { Task } from "@serverless-tasks/functions/shared/tasks/task";
import { newTaskId } from "@serverless-tasks/functions/shared/tasks/task-id";
import { aMessage, aRecord } from "@serverless-tasks/functions/shared/testing/builders";
import * as responses from "../../../packages/aws-stub/src/aws-responses";
import { always, conditionFailed, item, success } from "../../../packages/aws-stub/src/aws-responses";
import type { Scenario } from "./scenario";
import { anyJson, stored, storedItem } from "./stored-tasks";

const batch = (...Records: readonly ReturnType<typeof aRecord>[]) => ({ Records });

/** A batch of one message. */
const one = (values: Partial<Task> = {}, receiveCount = 1) =>
  batch(aRecord(aMessage({ type: "echo", ...values }), receiveCount));
/** After this delivery, SQS moves a message to the dead-letter queue. */
export const maxReceiveCount = 5;
const last = (values: Partial<Task> = {}) => one(values, maxReceiveCount);
const invalidBody = (body: string, receiveCount: number) => batch(aRecord(body, receiveCount));

const now = newTaskId(new Date());
const claimed = [success({ Attributes: storedItem({ state: "running", attempts: 1 }) })];
const notClaimable = (values: Partial<Task>) => [conditionFailed(stored(values))];
const invalidMessages = [
  aRecord("{"),
  aRecord("[]"),
  aRecord(JSON.stringify({ ...aMessage(), version: 9, revision: 0 })),
  aRecord(JSON.stringify({ ...aMessage(), taskId: "none", payload: [] })),
];
const permanent = { type: "dependency.call", payload: { failures: 9, permanent: true } };
const failing = { type: "dependency.call", payload: { failures: 9 } };

/** Messages that need no table. */
const withOrWithoutTable: readonly Scenario[] = [
  { name: "invalid messages", event: batch(...invalidMessages) },
  { name: "invalid message, last delivery", event: invalidBody("not JSON", maxReceiveCount) },
];

const sign = { type: "document.sign", payload: { document: "h\u00e4" } };
const secrets: readonly Scenario[] = [
  { name: "missing secret", event: one(sign), aws: { GetSecretValue: [responses.noSecret] } },
  {
    name: "access to the secret denied",
    event: one(sign),
    aws: { GetSecretValue: [responses.secretDenied] },
  },
  {
    name: "binary secret",
    event: one(sign),
    aws: { GetSecretValue: [success({ SecretBinary: "AAA=" })] },
  },
  {
    name: "Secrets Manager always fails",
    event: one(sign),
    aws: { GetSecretValue: always(responses.htmlError) },
  },
  {
    name: "secret, second attempt of the SDK",
    event: one(sign),
    aws: { GetSecretValue: [responses.emptyError, success({ SecretString: "key" })] },
  },
  { name: "cached secret", event: one(sign) },
];

/** Events of a worker with a table. */
export const workerScenarios: readonly Scenario[] = [
  ...withOrWithoutTable,
  { name: "succeeds", event: one({ payload: { message: "h\u00e4" } }), aws: { UpdateItem: claimed } },
  {
    name: "succeeds, in a batch with invalid messages",
    event: batch(...invalidMessages, ...one().Records),
    aws: { UpdateItem: claimed },
  },
  { name: "claim without attributes", event: one() },
  { name: "unknown task type", event: one({ type: "nothing" }), aws: { UpdateItem: claimed } },
  { name: "invalid payload", event: one({ payload: anyJson }), aws: { UpdateItem: claimed } },
  {
    name: "invalid payload, last delivery",
    event: last({ payload: anyJson }),
    aws: { UpdateItem: claimed },
  },
  { name: "missing task", event: one(), aws: { UpdateItem: [conditionFailed()] } },
  { name: "missing task, last delivery", event: last(), aws: { UpdateItem: [conditionFailed()] } },
  {
    name: "task has succeeded already",
    event: one(),
    aws: { UpdateItem: notClaimable({ state: "succeeded" }) },
  },
  {
    name: "task is running in another worker",
    event: one(),
    aws: { UpdateItem: notClaimable({ state: "running" }) },
  },
  { name: "message of an older revision", event: one(), aws: { UpdateItem: notClaimable({ revision: 2 }) } },
  { name: "claim always throttled", event: one(), aws: { UpdateItem: always(responses.throttled) } },
  {
    name: "claim, connection closed once",
    event: one(),
    aws: { UpdateItem: [responses.disconnected, ...claimed] },
  },
  {
    name: "claim and markFailed fail",
    event: last(),
    aws: {
      UpdateItem: [responses.noTable, responses.invalid],
      ChangeMessageVisibility: [responses.badHandle],
    },
  },
  {
    name: "lease lost",
    event: one(),
    aws: { UpdateItem: [...claimed, conditionFailed()] },
  },
  {
    name: "transaction conflict",
    event: one(),
    aws: { UpdateItem: [...claimed, responses.transactionConflict] },
  },
  { name: "attempt fails", event: one(failing, 3), aws: { UpdateItem: claimed } },
  { name: "last attempt fails", event: last(failing), aws: { UpdateItem: claimed } },
  { name: "handler ends the task", event: one(permanent), aws: { UpdateItem: claimed } },
  {
    name: "handler ends the task, the dead-letter queue does not exist",
    event: one(permanent),
    aws: { UpdateItem: claimed, SendMessage: [responses.noQueue] },
  },
  {
    name: "attempt fails, the queue does not exist",
    event: one(failing),
    aws: { UpdateItem: claimed, ChangeMessageVisibility: [responses.noQueue] },
  },
  {
    name: "report",
    event: one({ type: "report.summary", payload: { hours: 168 } }),
    aws: {
      UpdateItem: claimed,
      Query: [
        success({ Items: [storedItem({ id: now })], LastEvaluatedKey: item({ pk: "TASK#1", sk: "TASK" }) }),
        success({ Items: [storedItem({ id: now, state: "failed", type: "other" })] }),
      ],
    },
  },
  ...secrets.map(({ aws, ...scenario }) => ({ ...scenario, aws: { ...aws, UpdateItem: claimed } })),
];

/** Events of a worker without a table. */
export const workerWithoutTable: readonly Scenario[] = [
  ...withOrWithoutTable,
  ...secrets,
  { name: "succeeds", event: one({ payload: { message: "h\u00e4" } }) },
  { name: "unknown task type", event: one({ type: "nothing" }) },
  { name: "invalid payload", event: one({ payload: anyJson }) },
  { name: "last attempt fails", event: last(failing) },
  { name: "handler ends the task", event: one(permanent) },
  { name: "report without a table", event: one({ type: "report.summary", payload: { hours: 1 } }) },
];
