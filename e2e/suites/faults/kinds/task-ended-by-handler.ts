import type { Fault } from "../../../../packages/fault-proxy/src/fault-proxy";
import type { FaultKind } from "../fault-kind";
import { deadLetter } from "../mutations/protections";

const secondsToSettle = 120;
/** Enough to find dead letters that are in their queue already. */
const secondsToCollect = 10;

/** For all attempts of the SDK, so that the call fails in the worker. */
const always = (fault: Fault): Fault[] => [fault, fault, fault];

/** Faults of the calls that send a dead letter. */
const faults: readonly (readonly Fault[])[] = [
  always({ kind: "error", status: 500, type: "InternalFailure" }),
  always({ kind: "reset" }),
  always({ kind: "drop response" }),
  [{ kind: "kill", when: "before" }],
  [{ kind: "kill", when: "after" }],
];

const taskType = "dependency.call";
const endingTask = { type: taskType, payload: { failures: 100, permanent: true } };

/** F27: a handler ends its task, and the dead letter is not sent, or the worker is killed before or after that. */
export const taskEndedByHandler: FaultKind = {
  id: "F27",
  description: "handler ends its task, and sending the dead letter fails or the worker is killed",
  sizes: { full: 100, small: 5, control: 5 },
  taskType,
  protection: deadLetter,
  run: async (campaign, count) => {
    const planned = new Map<string, Fault[]>();
    const remove = campaign.proxy.add(({ operation, body }) => {
      if (operation !== "SendMessage" || !body.includes("tasks-dlq")) return undefined;
      const [, left] = [...planned].find(([id]) => body.includes(id)) ?? [];
      return left?.shift();
    });
    // Without deliveries, so that each task has its fault before it runs.
    const ids = await campaign.functions.withoutDeliveries(async () => {
      const created = await Promise.all(Array.from({ length: count }, () => campaign.create(endingTask)));
      for (const [at, id] of created.entries()) planned.set(id, [...(faults[at % faults.length] ?? [])]);
      return created;
    });
    await campaign.queueIsEmpty(secondsToSettle);
    const outcome = await campaign.settle(ids, secondsToCollect, count, true);
    remove();
    const injected = [...planned.values()].filter((left) => left.length === 0).length;
    const states = await Promise.all(ids.map((id) => campaign.repository.get(id)));
    const failed = states.filter((task) => task?.state === "failed").length;
    const dead = campaign.deadLettersAmong(ids);
    const violations = [
      ...(failed === count ? [] : [`${failed} of ${count} ended tasks are failed`]),
      ...(dead === count ? [] : [`${dead} of ${count} ended tasks have a dead letter`]),
    ];
    return { ...outcome, injected, violations };
  },
};
