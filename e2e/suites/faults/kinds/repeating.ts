import type { FaultKind } from "../fault-kind";
import { idempotencyRecord, slotId } from "../mutations/protections";

const secondsToSettle = 60;

/** Ahead of the producer's clock; the other slots lie behind it. */
const minutesAhead = 5;

/** F14: a rule fires three times for a slot, and its clock is not the producer's. */
export const firedAgain: FaultKind = {
  id: "F14",
  what: "schedules firing three times for a slot, 5 min early and late",
  sizes: { full: 300, small: 9, control: 6 },
  protection: slotId,
  run: async (campaign, firings) => {
    const firingsOfASlot = 3;
    const slots = firings / firingsOfASlot;
    const begun = Date.now();
    const messages = Array.from({ length: slots }, (_, slot) => `<F14:${slot}:${begun}>`);
    for (const [slot, message] of messages.entries()) {
      const minute = new Date(begun + (minutesAhead - slot) * 60_000).toISOString().slice(0, 16);
      const fire = (second: string) =>
        campaign.functions.invoke("producer", {
          kind: "schedule",
          schedule: `campaign-${begun}`,
          time: `${minute}:${second}Z`,
          type: "echo",
          payload: { message },
        });
      await Promise.all([fire("00"), fire("31"), fire("59")]);
    }
    const ids = await campaign.idsOfMessages(new Set(messages), new Date(begun - (slots + 1) * 60_000));
    const outcome = await campaign.settle(ids, secondsToSettle, firings);
    return {
      ...outcome,
      lost: outcome.lost + Math.max(0, slots - ids.length),
      duplicated: outcome.duplicated + Math.max(0, ids.length - slots),
    };
  },
};

/** F15: a client sends the same request twenty times at once, and the same key with another body. */
export const requestedAgain: FaultKind = {
  id: "F15",
  what: "the same Idempotency-Key twenty times at once",
  sizes: { full: 1_000, small: 60, control: 40 },
  protection: idempotencyRecord,
  run: async (campaign, requests) => {
    const times = 20;
    const keys = requests / times;
    const broken = new Set<string>();
    const begun = Date.now();
    const post = (key: number, message: string) =>
      campaign.call(
        "POST",
        "/tasks",
        { type: "echo", payload: { message } },
        { "idempotency-key": `campaign-${begun}-${key}` },
      );
    const messages = Array.from({ length: keys }, (_, key) => `<F15:${key}:${begun}>`);
    for (const [key, message] of messages.entries()) {
      const answers = await Promise.all(Array.from({ length: times }, () => post(key, message)));
      const bodies = new Set<string>();
      for (const answer of answers) {
        const body = await answer.text();
        if (answer.status === 202) bodies.add(body);
        else if (answer.status !== 409) broken.add(`answered ${answer.status}`);
      }
      if (bodies.size !== 1) broken.add(`${bodies.size} different answers for a key`);
      const { status } = await post(key, "another body");
      if (status !== 422) broken.add(`another body answered ${status}`);
    }
    const ids = await campaign.idsOfMessages(new Set(messages));
    const outcome = await campaign.settle(ids, secondsToSettle, requests);
    return { ...outcome, duplicated: outcome.duplicated + ids.length - keys, broken: [...broken] };
  },
};
