import type { FaultKind } from "../fault-kind";
import { duplicateDelivery, outOfOrderMessages, invalidMessages, transactionReplyLost } from "./delivery";
import { apiKilledBeforeSend, sendFailed, sendReplyLost, tableThrottled } from "./publishing";
import { workerEndedByHandler } from "./ended-by-handler";
import { bodySizeLimit, hostileHttp } from "./hostile";
import { interruptedRedrive, emulatorRestart } from "./restarts";
import { duplicateScheduleEvents, duplicateRequests } from "./repetition";
import { queuePurged, sqsOutage } from "./sweep";
import { escapedPayloads } from "./escaped-payloads";
import { workerCrashed, workerKilled, workerTimeout } from "./worker";

/** All kinds of faults, in the order of a full campaign. */
export const faultKinds: readonly FaultKind[] = [
  workerKilled,
  workerTimeout,
  workerCrashed,
  sendFailed,
  sendReplyLost,
  apiKilledBeforeSend,
  tableThrottled,
  transactionReplyLost,
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
  interruptedRedrive,
  emulatorRestart,
];
