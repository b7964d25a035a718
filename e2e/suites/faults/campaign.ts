import { DeleteMessageCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { readMessage } from "@serverless-tasks/functions/worker/batch/read-message";
import { setTimeout as delay } from "node:timers/promises";
import { within } from "../../support/eventually";
import type { Service, E2eEnvironment } from "../../support/e2e-environment";
import type { FaultOutcome } from "./fault-outcome";
import type { FaultProxy, ServiceCall } from "./fault-proxy";
import type { FunctionChanges } from "./function-changes";
import pLimit from "p-limit";

/** The queue delivers again after that time, and the worker has ended long before: as in production, but sooner. */
export const visibilitySeconds = 6;
export const workerTimeoutSeconds = 3;
const pauseMilliseconds = 100;
/** Calls of the API at once. */
const callsAtOnce = 8;
const readsAtOnce = 20;
const sweepPauseMilliseconds = 2_000;

const commitOf = ({ operation, body }: ServiceCall): string | undefined =>
  operation === "TransactWriteItems" && body.includes('"EFFECT"')
    ? /TASK#([0-9A-Z]{26})/.exec(body)?.[1]
    : undefined;

/** A deployed service under attack, and an account of what came of every task. */
export class Campaign {
  private readonly commits = new Map<string, Set<string>>();
  readonly limit = pLimit(callsAtOnce);
  /** Fewer reads at once than the SDK has connections. */
  private readonly limitReads = pLimit(readsAtOnce);
  private readonly begun = new Date();
  private readonly deadLetters = new Set<string>();
  constructor(
    private readonly e2e: E2eEnvironment,
    readonly proxy: FaultProxy,
    private readonly proxyAddress: string,
    readonly functions: FunctionChanges,
  ) {
    // The ledger as a witness sees it, apart from what the table says. A transaction that the SDK sends a second time
    // carries the same token, and is one.
    proxy.watch((call) => {
      const id = commitOf(call);
      if (id === undefined) return;
      const token = /"ClientRequestToken":"([^"]+)"/.exec(call.body)?.[1] ?? "";
      this.commits.set(id, (this.commits.get(id) ?? new Set()).add(token));
    });
  }

  /** Stops the emulator as a power cut would not: it may write down what it holds. Then starts it again. */
  async restart(): Promise<void> {
    await this.e2e.local.stop();
    await this.e2e.local.open();
  }

  /** What a person's command needs to reach the service through the proxy. */
  get commandEnvironment(): NodeJS.ProcessEnv {
    return { ...this.e2e.local.cloud.env, AWS_ENDPOINT_URL: this.proxyAddress };
  }

  get repository(): Service["repository"] {
    return this.service.repository;
  }

  get service(): Service {
    return this.e2e.service;
  }

  /** Hands in a task that is echoed, as often as it takes until the API says that it is accepted. */
  accept(message: string): Promise<string> {
    return this.limit(async () => {
      for (;;) {
        const answer = await this.service.api.typed
          .POST("/tasks", { body: { type: "echo", payload: { message } } })
          // Nobody answers while the emulator is away.
          .catch(() => undefined);
        if (answer?.data !== undefined) return answer.data.id;
        await delay(pauseMilliseconds);
      }
    });
  }

  /** Sends any request to the API, when it has a hand free. */
  fetch(path: string, request: RequestInit): Promise<Response> {
    return this.limit(() => fetch(`${this.service.api.base}${path}`, request));
  }

  /** Calls the API when it has a hand free: on a laptop every call at once is a process. */
  call(...parameters: Parameters<Service["api"]["call"]>): Promise<Response> {
    return this.limit(() => this.service.api.call(...parameters));
  }

  /** How often a task has had its effect. */
  effectsOf(id: string): number {
    return this.commits.get(id)?.size ?? 0;
  }

  /**
   * Lets the service come to rest, as it would in production: the queue delivers again, the producer sweeps.
   * @param mayFail whether a task may end as a dead letter
   */
  async settle(
    ids: readonly string[],
    seconds: number,
    injected: number,
    mayFail = false,
  ): Promise<FaultOutcome> {
    let open = [...ids];
    const look = async () => {
      await this.sweep();
      await this.collectDeadLetters();
      const done = await Promise.all(open.map((id) => this.limitReads(() => this.isDone(id, mayFail))));
      open = open.filter((_id, at) => done[at] !== true);
      return open.length === 0 ? true : undefined;
    };
    await within(seconds, look, sweepPauseMilliseconds);
    return { injected, lost: open.length, ...this.duplicatesOf(ids), broken: [] };
  }

  /** Ids of the tasks that were written with one of these messages, known to their client or not. */
  async idsOfMessages(messages: ReadonlySet<string>, since = this.begun): Promise<string[]> {
    const found: string[] = [];
    for await (const { id, payload } of this.repository.createdSince(since)) {
      if (typeof payload.message === "string" && messages.has(payload.message)) found.push(id);
    }
    return found;
  }

  /** Whether nothing is visible or in flight, before the time is up. */
  async queueIsEmpty(seconds: number): Promise<boolean> {
    const look = async () => ((await this.service.tasks.size()) === 0 ? true : undefined);
    return (await within(seconds, look, sweepPauseMilliseconds)) === true;
  }

  /** How many of these messages have become dead letters, once all have, or the time is up. */
  async deadLettersOf(bodies: readonly string[], seconds: number): Promise<number> {
    const found = () => bodies.filter((body) => this.deadLetters.has(body)).length;
    const look = async () => {
      await this.collectDeadLetters();
      return found() === bodies.length ? true : undefined;
    };
    await within(seconds, look, sweepPauseMilliseconds);
    return found();
  }

  /** How many of these tasks' messages have become dead letters. */
  deadLettersAmong(ids: readonly string[]): number {
    return ids.filter((id) => this.deadLetters.has(id)).length;
  }

  /** How often workers have begun these tasks, all together. */
  async attemptsOf(ids: readonly string[]): Promise<number> {
    const tasks = await Promise.all(ids.map((id) => this.repository.get(id)));
    return tasks.reduce((sum, task) => sum + (task?.attempts ?? 0), 0);
  }

  duplicatesOf(ids: readonly string[]): { readonly duplicated: number } {
    return { duplicated: ids.reduce((sum, id) => sum + Math.max(0, this.effectsOf(id) - 1), 0) };
  }

  private async isDone(id: string, mayFail: boolean): Promise<boolean> {
    const task = await this.repository.get(id);
    if (task?.state === "succeeded") return this.effectsOf(id) > 0;
    return mayFail && task?.state === "failed" && this.deadLetters.has(id);
  }

  /** The emulator's own sweep comes once a minute; a campaign has no time to wait for it. */
  private async sweep(): Promise<void> {
    const event = { kind: "sweep", time: new Date().toISOString() };
    // It may meet a fault itself; there is another one soon.
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
