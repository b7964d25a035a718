import { hasTaskType } from "../../../support/example-test";
import type { FaultKind } from "../fault-kind";
import { duplicateDelivery, outOfOrderMessages, invalidMessages, successReplyLost } from "./delivery";
import { apiKilledBeforeSend, sendFailed, sendReplyLost, tableThrottled } from "./publishing";
import { workerEndedByHandler } from "./ended-by-handler";
import { bodySizeLimit, hostileHttp } from "./hostile";
import { interruptedRedrive, emulatorRestart } from "./restarts";
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
  tableThrottled,
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
];

/** The kinds of faults whose task types exist, in the order of a full campaign. */
export const faultKinds = all.filter(({ taskType }) => taskType === undefined || hasTaskType(taskType));
