import { DeleteMessageCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import type { NewTask } from "../../../client";
import { firstIdAt } from "@serverless-tasks/functions/shared/tasks/task-id";
import { readMessage } from "@serverless-tasks/functions/worker/batch/read-message";
import { setTimeout as delay } from "node:timers/promises";
import { untilNone, within } from "../../support/eventually";
import type { Service, E2eEnvironment } from "../../support/e2e-environment";
import type { FaultOutcome } from "./fault-outcome";
import type { FaultProxy } from "../../../packages/fault-proxy/src/fault-proxy";
import type { PostgresFaultProxy } from "../../../packages/fault-proxy/src/postgres-fault-proxy";
import type { FunctionChanges } from "./function-changes";
import type { StoreFaults } from "./stores/store-faults";
import pLimit from "p-limit";

/** Tasks of a fault that are printed when they are not done. */
const maxReported = 5;
/** On a laptop each concurrent call of a function is a process. */
const concurrentCalls = 8;
/** Fewer than the connections of the SDK. */
const concurrentReads = 20;
const sweepPauseMilliseconds = 2_000;

/** Creates tasks in a deployed service with faults, and finds the lost ones and those with more than one effect. */
export class Campaign {
  private readonly commits = new Map<string, number>();
  /** Tasks with an effect of which only the store knows: it counts as the first one when the task has succeeded. */
  private readonly inDoubt = new Set<string | undefined>();
  readonly limit = pLimit(concurrentCalls);
  private readonly limitReads = pLimit(concurrentReads);
  private readonly started = new Date();
  private readonly deadLetters = new Set<string>();
  constructor(
    readonly e2e: E2eEnvironment,
    readonly proxy: FaultProxy,
    private readonly proxyAddress: string,
    readonly functions: FunctionChanges,
    readonly store: StoreFaults,
    /** If tasks are stored there. */
    readonly postgres: PostgresFaultProxy | undefined,
  ) {
    // Counts committed effects independently of the store. A write whose condition does not hold is not observed.
    store.observe((call) => {
      const id = store.effectOf(call);
      if (id === undefined) return;
      this.commits.set(id, this.effectsOf(id) + 1);
    });
    store.observeInDoubt?.((call) => this.inDoubt.add(store.effectOf(call)));
  }

  /** Stops the emulator, which saves its state, and starts it again. */
  async restart(): Promise<void> {
    await this.e2e.local.stop();
    await this.e2e.local.open();
  }

  /** Environment variables of a command that calls AWS through the proxy. */
  get commandEnvironment(): NodeJS.ProcessEnv {
    return { ...this.e2e.local.cloud.env, AWS_ENDPOINT_URL: this.proxyAddress };
  }

  get repository(): Service["repository"] {
    return this.service.repository;
  }

  get service(): Service {
    return this.e2e.service;
  }

  /** Creates an echo task. */
  createTask = (message: string): Promise<string> => this.create({ type: "echo", payload: { message } });

  /** Creates a task of any type; repeats the request until the API responds with success. */
  create(task: { readonly type: string; readonly payload: unknown }): Promise<string> {
    return this.limit(async () => {
      for (;;) {
        const response = await this.service.api.typed
          .POST("/tasks", { body: task as NewTask })
          // The emulator is being restarted.
          .catch(() => undefined);
        if (response?.data !== undefined) return response.data.id;
        await delay(100);
      }
    });
  }

  /** `fetch` of a path of the API, with limited concurrency. */
  fetch(path: string, request: RequestInit): Promise<Response> {
    return this.limit(() => fetch(`${this.service.api.base}${path}`, request));
  }

  /** Calls the API, with limited concurrency. */
  call(...parameters: Parameters<Service["api"]["call"]>): Promise<Response> {
    return this.limit(() => this.service.api.call(...parameters));
  }

  /** Number of committed effects of a task. */
  effectsOf(id: string): number {
    return this.commits.get(id) ?? 0;
  }

  /**
   * Waits until the tasks have ended, by redeliveries and sweeps.
   * @param seconds after which tasks are lost if none of them has ended meanwhile; a slow machine takes longer for all
   * @param mayFail whether a task may end as a dead letter
   */
  async settle(
    ids: readonly string[],
    seconds: number,
    injected: number,
    mayFail = false,
  ): Promise<FaultOutcome> {
    let open = [...ids];
    await untilNone(seconds, sweepPauseMilliseconds, async () => {
      await this.sweep();
      await this.collectDeadLetters();
      const done = await Promise.all(open.map((id) => this.limitReads(() => this.isDone(id, mayFail))));
      open = open.filter((_id, at) => done[at] !== true);
      return open.length;
    });
    for (const id of open.slice(0, maxReported))
      console.warn("not done", await this.repository.get(id), { deadLetter: this.deadLetters.has(id) });
    return { injected, lost: open.length, ...this.duplicatesOf(ids), violations: [] };
  }

  /** Ids of the tasks in the store with one of these messages, whether or not a client got a response. */
  async idsOfMessages(messages: ReadonlySet<string>, since = this.started): Promise<string[]> {
    const found: string[] = [];
    let before: string | undefined;
    do {
      const { tasks, next } = await this.repository.list({ limit: 100, before });
      for (const task of tasks) {
        if ("unreadable" in task || typeof task.payload.message !== "string") continue;
        if (task.id >= firstIdAt(since) && messages.has(task.payload.message)) found.push(task.id);
      }
      before = next;
    } while (before !== undefined && before >= firstIdAt(since));
    return found;
  }

  /** Waits until the queue has neither visible nor in-flight messages; false when their number stays for that time. */
  async queueIsEmpty(seconds: number): Promise<boolean> {
    return (await untilNone(seconds, sweepPauseMilliseconds, () => this.service.tasks.size())) === 0;
  }

  /** Waits until all messages are dead letters or the timeout is over, and returns how many are. */
  async deadLettersOf(bodies: readonly string[], seconds: number): Promise<number> {
    const found = () => bodies.filter((body) => this.deadLetters.has(body)).length;
    const poll = async () => {
      await this.collectDeadLetters();
      return found() === bodies.length ? true : undefined;
    };
    await within(seconds, poll, sweepPauseMilliseconds);
    return found();
  }

  /** Number of these tasks whose message is a dead letter. */
  deadLettersAmong(ids: readonly string[]): number {
    return ids.filter((id) => this.deadLetters.has(id)).length;
  }

  /** Number of attempts of all these tasks. */
  async attemptsOf(ids: readonly string[]): Promise<number> {
    const tasks = await Promise.all(ids.map((id) => this.repository.get(id)));
    return tasks.reduce((sum, task) => sum + (task?.attempts ?? 0), 0);
  }

  duplicatesOf(ids: readonly string[]): { readonly duplicated: number } {
    return { duplicated: ids.reduce((sum, id) => sum + Math.max(0, this.effectsOf(id) - 1), 0) };
  }

  private async isDone(id: string, mayFail: boolean): Promise<boolean> {
    const task = await this.repository.get(id);
    if (task?.state === "succeeded") return this.effectsOf(id) > 0 || this.inDoubt.has(id);
    return mayFail && task?.state === "failed" && this.deadLetters.has(id);
  }

  /** Invokes the producer, instead of waiting for its rule. */
  private async sweep(): Promise<void> {
    const event = { kind: "sweep", time: new Date().toISOString() };
    // A fault may fail the sweep; another one follows.
    await this.functions.invoke("producer", event).catch(() => undefined);
  }

  private async collectDeadLetters(): Promise<void> {
    const { sqs } = this.e2e.account;
    const QueueUrl = this.service.deadLetters.url;
    for (;;) {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
      );
      if (Messages.length === 0) return;
      for (const { Body = "", ReceiptHandle } of Messages) {
        this.deadLetters.add(Body).add(readMessage(Body).ids.taskId ?? Body);
        await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
      }
    }
  }
}
