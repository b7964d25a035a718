import { setTimeout as delay } from "node:timers/promises";
import * as z from "zod";
import { eventually } from "../../../support/eventually";
import type {
  PostgresFaultProxy,
  StatementFault,
} from "../../../../packages/fault-proxy/src/postgres-fault-proxy";
import type { Campaign } from "../campaign";
import type { FaultKind } from "../fault-kind";
import type { FaultOutcome } from "../fault-outcome";
import { claim, unavailable } from "../mutations/protections";
import { problemsOfFailure, revealed } from "./failed-call";

const secondsToSettle = 150;
const created = z.object({ id: z.string() });

function proxyOf({ postgres }: Campaign): PostgresFaultProxy {
  if (postgres === undefined) throw new Error("Expected a service that stores tasks in PostgreSQL");
  return postgres;
}

/** F28: the server refuses connections and breaks the open ones, until a request has got a response, again and again. */
export const connectionsRefused: FaultKind = {
  id: "F28",
  description: "PostgreSQL refuses connections for a second and more, again and again",
  sizes: { full: 30, small: 3, control: 2 },
  exclusive: true,
  protection: unavailable,
  run: async (campaign, times): Promise<FaultOutcome> => {
    const ids: string[] = [];
    const violations = new Set<string>();
    const violate = (problem: string) => violations.add(problem);
    let [isOver, responses, refused] = [false, 0, 0];
    const create = async () => {
      for (let at = 0; !isOver; at++) {
        const body = { type: "echo", payload: { message: `<F28:${at}>` } };
        const response = await campaign.call("POST", "/tasks", body);
        const content = await response.text();
        responses += 1;
        if (response.status === 202) ids.push(created.parse(JSON.parse(content)).id);
        else {
          refused += 1;
          problemsOfFailure(response).forEach(violate);
        }
        revealed(campaign, content).forEach(violate);
      }
    };
    const creating = create();
    for (let at = 0; at < times; at++) {
      await proxyOf(campaign).refusing(async () => {
        const before = responses;
        await delay(1_000);
        // The request after the current one starts and ends meanwhile.
        await eventually("a request gets a response", secondsToSettle, () =>
          Promise.resolve(responses > before + 1 ? true : undefined),
        );
      });
      await delay(500);
    }
    isOver = true;
    await creating;
    if (ids.length === 0) violations.add("no request was accepted");
    if (refused < times) violations.add(`${refused} requests failed while connections were refused`);
    const outcome = await campaign.settle(ids, secondsToSettle, times);
    return { ...outcome, violations: [...violations] };
  },
};

/** Tasks that run while the server crashes, for each crash. */
const tasksPerCrash = 8;

/** F29: the server crashes before or after it commits the success of a task, and recovers. */
export const serverCrashed: FaultKind = {
  id: "F29",
  description: "PostgreSQL crashes before or after the commit that records success",
  sizes: { full: 30, small: 4, control: 4 },
  exclusive: true,
  protection: claim,
  run: async (campaign, crashes): Promise<FaultOutcome> => {
    const mark = `F29-${Date.now().toString(36)}`;
    const crashed = new Set<number>();
    const remove = proxyOf(campaign).add(({ operation, body }) => {
      const [, task] = new RegExp(`<${mark}:(\\d+)>`).exec(body) ?? [];
      const crash = Number(task) / tasksPerCrash;
      if (operation !== campaign.store.records || !Number.isInteger(crash) || crashed.has(crash))
        return undefined;
      crashed.add(crash);
      return { kind: "crash", when: crash % 2 === 0 ? "after" : "before" };
    });
    const ids: string[] = [];
    let lost = 0;
    for (let crash = 0; crash < crashes; crash++) {
      const tasks = Array.from({ length: tasksPerCrash }, (_, at) => crash * tasksPerCrash + at);
      const created = await Promise.all(tasks.map((at) => campaign.createTask(`<${mark}:${at}>`)));
      // Each crash is an incident of its own: one outage after the other uses up the deliveries of messages.
      lost += (await campaign.settle(created, secondsToSettle, 0, true)).lost;
      ids.push(...created);
    }
    await campaign.queueIsEmpty(secondsToSettle);
    remove();
    return { ...campaign.duplicatesOf(ids), injected: crashed.size, lost, violations: [] };
  },
};

/** Of ten statements about a task, three have a fault. */
const statementFaults: readonly (StatementFault | undefined)[] = [
  { kind: "drop response" },
  undefined,
  undefined,
  { kind: "reset" },
  undefined,
  undefined,
  { kind: "slow", milliseconds: 1_000 },
  undefined,
  undefined,
  undefined,
];

/** F30: any statement about a task loses its response after the commit, is not performed, or is slow. */
export const statementsDisturbed: FaultKind = {
  id: "F30",
  description:
    "3 of 10 statements lose their response after the commit, their connection before it, or a second",
  sizes: { full: 500, small: 30, control: 60 },
  protection: claim,
  run: async (campaign, faults): Promise<FaultOutcome> => {
    const mark = `F30-${Date.now().toString(36)}`;
    /** The number of the task and of its next statement, by task id. */
    const own = new Map<string, number>();
    let injected = 0;
    const remove = proxyOf(campaign).add((call) => {
      const id = campaign.store.taskOf(call);
      if (id === undefined) return undefined;
      const [, task] = new RegExp(`<${mark}:(\\d+)>`).exec(call.body) ?? [];
      const next = own.get(id) ?? (task === undefined ? undefined : Number(task));
      if (next === undefined) return undefined;
      own.set(id, next + 1);
      const fault = statementFaults[next % statementFaults.length];
      if (fault !== undefined) injected += 1;
      return fault;
    });
    const ids: string[] = [];
    while (injected < faults) {
      const from = ids.length;
      const tasks = Array.from({ length: 8 }, (_, at) => from + at);
      ids.push(...(await Promise.all(tasks.map((at) => campaign.createTask(`<${mark}:${at}>`)))));
    }
    const outcome = await campaign.settle(ids, secondsToSettle, 0, true);
    await campaign.queueIsEmpty(secondsToSettle);
    remove();
    return { ...outcome, ...campaign.duplicatesOf(ids), injected };
  },
};
