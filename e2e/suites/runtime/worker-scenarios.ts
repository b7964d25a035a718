import type { Task } from "@serverless-tasks/functions/shared/tasks/task";
import { newTaskId } from "@serverless-tasks/functions/shared/tasks/task-id";
import { aMessage, aRecord } from "@serverless-tasks/functions/shared/testing/builders";
import * as answers from "../../../packages/aws-stub/src/aws-responses";
import {
  always,
  conditionFailed,
  item,
  success,
  transactionCanceled,
} from "../../../packages/aws-stub/src/aws-responses";
import type { Scenario } from "./scenario";
import { anyJson, stored, storedItem } from "./stored-tasks";

const batch = (...Records: readonly ReturnType<typeof aRecord>[]) => ({ Records });

/** A batch of one message. */
const one = (values: Partial<Task> = {}, receiveCount = 1) =>
  batch(aRecord(aMessage({ type: "echo", ...values }), receiveCount));
/** The delivery after which a message is a dead letter. */
export const maxReceiveCount = 5;
const last = (values: Partial<Task> = {}) => one(values, maxReceiveCount);
const text = (body: string, receiveCount = 1) => batch(aRecord(body, receiveCount));

const now = newTaskId(new Date());
const claimed = [success({ Attributes: storedItem({ state: "running", attempts: 1 }) })];
const met = (values: Partial<Task>) => [conditionFailed(stored(values))];
const badMessages = [
  aRecord("{"),
  aRecord("[]"),
  aRecord(JSON.stringify({ ...aMessage(), version: 9, revision: 0 })),
  aRecord(JSON.stringify({ ...aMessage(), taskId: "none", payload: [] })),
];
const fails = { type: "dependency.call", payload: { failures: 9 } };

/** What can be had of a message without a table. */
const anywhere: readonly Scenario[] = [
  { what: "no message of a task", event: batch(...badMessages) },
  { what: "no JSON, for the last time", event: text("no JSON", maxReceiveCount) },
];

const sign = { type: "document.sign", payload: { document: "h\u00e4" } };
const secrets: readonly Scenario[] = [
  { what: "no secret", event: one(sign), aws: { GetSecretValue: [answers.noSecret] } },
  { what: "a secret that is not given", event: one(sign), aws: { GetSecretValue: [answers.secretDenied] } },
  {
    what: "a secret of bytes",
    event: one(sign),
    aws: { GetSecretValue: [success({ SecretBinary: "AAA=" })] },
  },
  { what: "Secrets Manager is down", event: one(sign), aws: { GetSecretValue: always(answers.htmlError) } },
  {
    what: "a secret, at the second try",
    event: one(sign),
    aws: { GetSecretValue: [answers.emptyError, success({ SecretString: "key" })] },
  },
  { what: "a secret that is kept", event: one(sign) },
];

/** What SQS hands to a worker that has a table. */
export const workerScenarios: readonly Scenario[] = [
  ...anywhere,
  { what: "done", event: one({ payload: { message: "h\u00e4" } }), aws: { UpdateItem: claimed } },
  { what: "with others", event: batch(...badMessages, ...one().Records), aws: { UpdateItem: claimed } },
  { what: "a table that tells nothing", event: one() },
  { what: "an unknown type", event: one({ type: "nothing" }), aws: { UpdateItem: claimed } },
  { what: "a wrong payload", event: one({ payload: anyJson }), aws: { UpdateItem: claimed } },
  {
    what: "a wrong payload, for the last time",
    event: last({ payload: anyJson }),
    aws: { UpdateItem: claimed },
  },
  { what: "no such task", event: one(), aws: { UpdateItem: [conditionFailed()] } },
  { what: "no such task, for the last time", event: last(), aws: { UpdateItem: [conditionFailed()] } },
  { what: "nothing left to do", event: one(), aws: { UpdateItem: met({ state: "succeeded" }) } },
  { what: "another has it", event: one(), aws: { UpdateItem: met({ state: "running" }) } },
  { what: "handed in again", event: one(), aws: { UpdateItem: met({ revision: 2 }) } },
  { what: "the claim is throttled", event: one(), aws: { UpdateItem: always(answers.throttled) } },
  { what: "the claim is cut off once", event: one(), aws: { UpdateItem: [answers.cut, ...claimed] } },
  {
    what: "the claim and giving up fail",
    event: last(),
    aws: { UpdateItem: [answers.noTable, answers.invalid], ChangeMessageVisibility: [answers.badHandle] },
  },
  {
    what: "the lease is lost",
    event: one(),
    aws: { UpdateItem: claimed, TransactWriteItems: [transactionCanceled("ConditionalCheckFailed", "None")] },
  },
  {
    what: "a conflict at success",
    event: one(),
    aws: { UpdateItem: claimed, TransactWriteItems: [transactionCanceled("None", "TransactionConflict")] },
  },
  { what: "failed", event: one(fails, 3), aws: { UpdateItem: claimed } },
  { what: "failed for good", event: last(fails), aws: { UpdateItem: claimed } },
  {
    what: "failed, and not postponed",
    event: one(fails),
    aws: { UpdateItem: claimed, ChangeMessageVisibility: [answers.noQueue] },
  },
  {
    what: "a report",
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

/** And to one that keeps nothing. */
export const workerWithoutTable: readonly Scenario[] = [
  ...anywhere,
  ...secrets,
  { what: "done", event: one({ payload: { message: "h\u00e4" } }) },
  { what: "an unknown type", event: one({ type: "nothing" }) },
  { what: "a wrong payload", event: one({ payload: anyJson }) },
  { what: "failed for good", event: last(fails) },
  { what: "a report without tasks", event: one({ type: "report.summary", payload: { hours: 1 } }) },
];
