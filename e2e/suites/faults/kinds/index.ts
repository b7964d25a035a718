import type { FaultKind } from "../fault-kind";
import { deliveredAgain, outOfOrder, poisoned, transactionUnheard } from "./delivering";
import { killedBeforeSend, sendFailed, sendUnheard, tableThrottled } from "./handing-in";
import { endedByHandler } from "./ended-by-handler";
import { aroundTheLimit, hostileHttp } from "./hostile";
import { redriven, restarted } from "./outages";
import { firedAgain, requestedAgain } from "./repeating";
import { purged, sentAfterOutage } from "./sweeping";
import { unsendable } from "./unsendable";
import { crashedAtEachStep, killedMidBatch, ranIntoTimeout } from "./worker";

/** Everything that goes wrong in a campaign. */
export const faultKinds: readonly FaultKind[] = [
  killedMidBatch,
  ranIntoTimeout,
  crashedAtEachStep,
  sendFailed,
  sendUnheard,
  killedBeforeSend,
  tableThrottled,
  transactionUnheard,
  deliveredAgain,
  outOfOrder,
  poisoned,
  firedAgain,
  requestedAgain,
  hostileHttp,
  aroundTheLimit,
  endedByHandler,
  sentAfterOutage,
  purged,
  unsendable,
  redriven,
  restarted,
];
