import { encodeMessage } from "../../shared/tasks/message";
import { aMessage, aRecord, aTask, noon } from "../../shared/testing/builders";
import { MemoryTaskRepository } from "../../shared/testing/memory-task-repository";
import { taskTypes } from "../handlers";
import type { processBatch } from "../batch/process-batch";
import { noonDependencies } from "./noon-dependencies";

export interface Situation {
  /** Tasks whose handler ends its process, or loops until Lambda does. */
  readonly killers: number;
  readonly innocents: number;
  readonly end: "exit" | "loop";
  readonly workers: number;
  /** How long a handler takes, in milliseconds. */
  readonly handlerMilliseconds: number;
  /** 0 to 1, again and again. */
  readonly random: () => number;
}

export interface Outcome {
  readonly innocentsSucceeded: number;
  /** Messages in the dead-letter queue whose handlers do not end the worker. */
  readonly innocentDeadLetters: number;
  readonly killerDeadLetters: number;
}

interface QueuedMessage {
  readonly body: string;
  readonly isKiller: boolean;
  receiveCount: number;
  visibleAt: number;
  state: "queued" | "deleted" | "dead letter";
}

const timeoutMilliseconds = 30_000;
const visibilityMilliseconds = 6 * timeoutMilliseconds;
const maxReceiveCount = 5;
const batchSize = 10;
const never = () => new Promise<never>(() => undefined);

/**
 * Runs `processBatch` against a model of SQS and of Lambda's pollers, in virtual time: batches of any size that is
 * allowed, of any messages that are visible; a failed invocation leaves its messages to their visibility timeouts; a
 * message is a dead letter once it was received as often as it may be.
 */
export async function simulate(process: typeof processBatch, situation: Situation): Promise<Outcome> {
  const { killers, innocents, workers, random } = situation;
  const clock = { now: noon.getTime() };
  const table = new MemoryTaskRepository(() => new Date(clock.now));
  const messages: QueuedMessage[] = [];
  for (let at = 0; at < killers + innocents; at++) {
    const isKiller = at < killers;
    const task = aTask({ payload: { message: isKiller ? "killer" : "innocent" } });
    await table.create(task, { requestId: "r" });
    const body = encodeMessage(aMessage({ taskId: task.id, payload: task.payload }));
    messages.push({ body, isKiller, receiveCount: 0, visibleAt: clock.now, state: "queued" });
  }
  const freeAt = Array.from({ length: workers }, () => clock.now);
  for (;;) {
    const waiting = messages.filter(({ state }) => state === "queued");
    if (waiting.length === 0) break;
    const worker = freeAt.indexOf(Math.min(...freeAt));
    clock.now = Math.max(freeAt[worker] ?? 0, Math.min(...waiting.map(({ visibleAt }) => visibleAt)));
    const batch = receive(waiting, clock.now, random);
    if (batch.length > 0) await invoke(process, batch, table, clock, situation);
    freeAt[worker] = clock.now;
  }
  const innocent = messages.filter(({ isKiller }) => !isKiller);
  return {
    innocentsSucceeded: table.effects.length,
    innocentDeadLetters: innocent.filter(({ state }) => state === "dead letter").length,
    killerDeadLetters: messages.filter(({ isKiller, state }) => isKiller && state === "dead letter").length,
  };
}

function receive(waiting: readonly QueuedMessage[], now: number, random: () => number): QueuedMessage[] {
  const visible = waiting.filter(({ visibleAt }) => visibleAt <= now);
  const shuffled = visible.map((message) => ({ message, order: random() })).sort((a, b) => a.order - b.order);
  const batch: QueuedMessage[] = [];
  for (const { message } of shuffled.slice(0, 1 + Math.floor(random() * batchSize))) {
    message.receiveCount += 1;
    message.visibleAt = now + visibilityMilliseconds;
    if (message.receiveCount > maxReceiveCount) message.state = "dead letter";
    else batch.push(message);
  }
  return batch;
}

/** One invocation: it ends with its response, or when a handler ends its process and with it all of its tasks. */
async function invoke(
  process: typeof processBatch,
  batch: readonly QueuedMessage[],
  table: MemoryTaskRepository,
  clock: { now: number },
  { end, handlerMilliseconds, random }: Situation,
): Promise<void> {
  const began = clock.now;
  const deadline = new Date(began + timeoutMilliseconds);
  const records = batch.map(({ body, receiveCount }) => aRecord(body, receiveCount));
  const messageOf = new Map(records.map(({ receiptHandle }, at) => [receiptHandle, batch[at]]));
  let isAlive = true;
  let noteEnd: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (noteEnd = resolve));
  const whileAlive = <Result>(work: () => Promise<Result>): Promise<Result> => (isAlive ? work() : never());
  const handler = jest.spyOn(taskTypes[0], "execute").mockImplementation(async (payload) => {
    // Other invocations respond while this one waits; those that started later end later.
    for (let turns = Math.floor(random() * 20); turns > 0; turns--) await Promise.resolve();
    if (!isAlive) return never();
    if (JSON.stringify(payload).includes("innocent")) {
      clock.now = Math.min(deadline.getTime(), clock.now + handlerMilliseconds);
      return {};
    }
    if (end === "loop") clock.now = deadline.getTime();
    isAlive = false;
    noteEnd();
    return never();
  });
  const repository = new Proxy(table, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== "function") return member;
      return (...parameters: unknown[]) =>
        whileAlive(() => Promise.resolve<unknown>(Reflect.apply(member, target, parameters)));
    },
  });
  const change = (handle: string, to: Partial<QueuedMessage>) => {
    Object.assign(messageOf.get(handle) ?? {}, to);
    return Promise.resolve();
  };
  const queue = {
    changeVisibility: (handle: string, seconds: number) =>
      whileAlive(() => change(handle, { visibleAt: began + seconds * 1000 })),
    deleteMessage: (handle: string) => whileAlive(() => change(handle, { state: "deleted" })),
  };
  const now = () => new Date(clock.now);
  const dependencies = { ...noonDependencies, repository, queue, now, random };
  const answer = process(records, { maxReceiveCount, deadline }, dependencies);
  const response = await Promise.race([answer, ended]);
  handler.mockRestore();
  if (response === undefined) return;
  const failed = new Set(response.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
  for (const { messageId, receiptHandle } of records) {
    if (!failed.has(messageId)) await change(receiptHandle, { state: "deleted" });
  }
}
