import { hasTaskType } from "../../../support/example-test";
import type { FaultKind } from "../fault-kind";
import { duplicateDelivery, outOfOrderMessages, invalidMessages, successReplyLost } from "./delivery";
import { apiKilledBeforeSend, sendFailed, sendReplyLost, storeThrottled } from "./publishing";
import { workerEndedByHandler } from "./ended-by-handler";
import { bodySizeLimit, hostileHttp } from "./hostile";
import { interruptedRedrive, emulatorRestart } from "./restarts";
import { connectionsRefused, serverCrashed, statementsDisturbed } from "./postgres";
import { storeOutage } from "./store-outage";
import { duplicateScheduleEvents, duplicateRequests } from "./repetition";
import { badVersion } from "./bad-version";
import { queuePurged, sqsOutage } from "./sweep";
import { escapedPayloads } from "./escaped-payloads";
import { taskEndedByHandler } from "./task-ended-by-handler";
import { workerCrashed, workerKilled, workerTimeout } from "./worker";

const all: readonly FaultKind[] = [
  workerKilled,
  workerTimeout,
  workerCrashed,
  sendFailed,
  sendReplyLost,
  apiKilledBeforeSend,
  storeThrottled,
  successReplyLost,
  duplicateDelivery,
  outOfOrderMessages,
  invalidMessages,
  duplicateScheduleEvents,
  duplicateRequests,
  hostileHttp,
  bodySizeLimit,
  workerEndedByHandler,
  sqsOutage,
  queuePurged,
  escapedPayloads,
  taskEndedByHandler,
  interruptedRedrive,
  badVersion,
  emulatorRestart,
  storeOutage,
];

/** The kinds of faults whose task types exist, in the order of a full campaign. */
export const faultKinds = all.filter(({ taskType }) => taskType === undefined || hasTaskType(taskType));

/** Kinds that do not concern the store, or need the table: the code that they test is the same on PostgreSQL. */
const notOfStores = [hostileHttp, bodySizeLimit, badVersion, sqsOutage, escapedPayloads, interruptedRedrive];

/** The kinds of faults of a service that stores tasks in PostgreSQL. */
export const postgresKinds = [
  ...faultKinds.filter((kind) => !notOfStores.includes(kind)),
  connectionsRefused,
  serverCrashed,
  statementsDisturbed,
];
