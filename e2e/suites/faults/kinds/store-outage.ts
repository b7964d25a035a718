import { within } from "../../../support/eventually";
import type { Campaign } from "../campaign";
import type { FaultKind } from "../fault-kind";
import type { FaultOutcome } from "../fault-outcome";
import type { Mutation } from "../mutations/mutation";
import { problemsOfFailure, revealed } from "./failed-call";
import { redrive } from "./restarts";

const secondsToSettle = 150;
/** With the default retry delay, the five deliveries last up to 75 s. */
const secondsOfDeliveries = 300;

/** A message whose delivery has failed stays in the queue, and becomes a dead letter after the last one. */
export const failedDeliveries: Mutation = {
  description: "failed deliveries that are acknowledged",
  replacements: [
    {
      functions: ["worker"],
      file: "functions/worker/batch/queue-delivery.ts",
      symbol: "QueueDelivery.process",
      by: "(original) => async (...parameters) => (await original(...parameters), true)",
    },
  ],
};

/** What the API does wrong while the store does not respond. */
async function violationsOfApi(campaign: Campaign): Promise<string[]> {
  const body = { type: "echo", payload: { message: "during an outage" } };
  const response = await campaign.call("POST", "/tasks", body);
  return [...problemsOfFailure(response), ...revealed(campaign, await response.text())];
}

/** F31: the store fails until the deliveries of all messages are used up. After the outage, their dead letters are redriven. */
export const storeOutage: FaultKind = {
  id: "F31",
  description: "store outage that uses up all deliveries of messages; their dead letters are redriven",
  sizes: { full: 200, small: 10, control: 10 },
  exclusive: true,
  protection: failedDeliveries,
  run: async (campaign, tasks): Promise<FaultOutcome> => {
    const { deadLetters } = campaign.service;
    await deadLetters.purge();
    const { ids, endOutage } = await campaign.functions.withoutDeliveries(async () => {
      const messages = Array.from({ length: tasks }, (_, at) => `before an outage: ${at}`);
      const created = await Promise.all(messages.map(campaign.createTask));
      return { ids: created, endOutage: await campaign.store.fail() };
    });
    const violations = await violationsOfApi(campaign);
    const areUsedUp = await campaign.queueIsEmpty(secondsOfDeliveries);
    const moved = await deadLetters.size();
    await endOutage();
    if (!areUsedUp) violations.push(`deliveries last longer than ${secondsOfDeliveries} s`);
    const done = ids.filter((id) => campaign.effectsOf(id) > 0).length;
    if (done > 0) violations.push(`${done} tasks were done during the outage`);
    await within(secondsToSettle, async () => {
      await redrive(campaign);
      return (await deadLetters.size()) === 0 ? true : undefined;
    });
    const outcome = await campaign.settle(ids, secondsToSettle, moved);
    await campaign.queueIsEmpty(secondsToSettle);
    return { ...outcome, ...campaign.duplicatesOf(ids), violations };
  },
};
