import type { FaultKind } from "../fault-kind";
import { idempotencyRecord, slotId } from "../mutations/protections";

const secondsToSettle = 60;

/** How far the time of the first slot is ahead of the producer's clock; later slots are in the past. */
const minutesAhead = 5;

/** F14: a rule fires three times for a slot, with a clock that differs from the producer's. */
export const duplicateScheduleEvents: FaultKind = {
  id: "F14",
  description: "three events for each slot of a schedule, up to 5 min early or late",
  sizes: { full: 300, small: 9, control: 6 },
  protection: slotId,
  run: async (campaign, events) => {
    const eventsPerSlot = 3;
    const slots = events / eventsPerSlot;
    const started = Date.now();
    const messages = Array.from({ length: slots }, (_, slot) => `<F14:${slot}:${started}>`);
    for (const [slot, message] of messages.entries()) {
      const minute = new Date(started + (minutesAhead - slot) * 60_000).toISOString().slice(0, 16);
      const fire = (second: string) =>
        campaign.functions.invoke("producer", {
          kind: "schedule",
          schedule: `campaign-${started}`,
          time: `${minute}:${second}Z`,
          type: "echo",
          payload: { message },
        });
      await Promise.all([fire("00"), fire("31"), fire("59")]);
    }
    const ids = await campaign.idsOfMessages(new Set(messages), new Date(started - (slots + 1) * 60_000));
    const outcome = await campaign.settle(ids, secondsToSettle, events);
    return {
      ...outcome,
      lost: outcome.lost + Math.max(0, slots - ids.length),
      duplicated: outcome.duplicated + Math.max(0, ids.length - slots),
    };
  },
};

/** F15: a client sends the same request twenty times concurrently, and the same key with another body. */
export const duplicateRequests: FaultKind = {
  id: "F15",
  description: "twenty concurrent requests with the same Idempotency-Key",
  sizes: { full: 1_000, small: 60, control: 40 },
  protection: idempotencyRecord,
  run: async (campaign, requests) => {
    const times = 20;
    const keys = requests / times;
    const violations = new Set<string>();
    const started = Date.now();
    const post = (key: number, message: string) =>
      campaign.call(
        "POST",
        "/tasks",
        { type: "echo", payload: { message } },
        { "idempotency-key": `campaign-${started}-${key}` },
      );
    const messages = Array.from({ length: keys }, (_, key) => `<F15:${key}:${started}>`);
    for (const [key, message] of messages.entries()) {
      const responses = await Promise.all(Array.from({ length: times }, () => post(key, message)));
      const bodies = new Set<string>();
      for (const response of responses) {
        const body = await response.text();
        if (response.status === 202) bodies.add(body);
        else if (response.status !== 409) violations.add(`status ${response.status}`);
      }
      if (bodies.size !== 1) violations.add(`${bodies.size} different responses for a key`);
      const { status } = await post(key, "another body");
      if (status !== 422) violations.add(`status ${status} for another body`);
    }
    const ids = await campaign.idsOfMessages(new Set(messages));
    const outcome = await campaign.settle(ids, secondsToSettle, requests);
    return { ...outcome, duplicated: outcome.duplicated + ids.length - keys, violations: [...violations] };
  },
};
