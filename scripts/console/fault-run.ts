import { GetQueueUrlCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { functionNames, queues } from "@serverless-tasks/functions/service";
import { setTimeout as delay } from "node:timers/promises";
import * as z from "zod";
import type { NewTask, TasksClient } from "../../client";
import { storesTasks } from "../../deploy/config/task-store";
import { liveAlias, naming } from "../../deploy/shared/naming";
import type { FaultName, FaultsResult } from "../../packages/console/src/model";
import type { Fault, ServiceCall } from "../../packages/fault-proxy/src/fault-proxy";
import { parseJson } from "../../packages/local-cloud/src/parse-json";
import type { EnvironmentAccount } from "../bootstrap/environment-account";
import { userError } from "../core/errors";
import { invokeFunction } from "../release/invoke-function";
import { temporarySettings } from "../local/temporary-settings";
import { chooseFault } from "./chosen-fault";
import { openFaultProxies, type FaultProxies } from "./fault-proxies";
import { storeOf, type FaultyStore } from "./faulty-store";

/** Shorter than in production, so that what a fault has interrupted is delivered again sooner. */
const visibilitySeconds = 6;
const workerTimeoutSeconds = 3;
const pollMilliseconds = 1_000;
/** A task that has not ended after that time counts as lost. */
const settleMilliseconds = 180_000;

const sentMessage = z.looseObject({ QueueUrl: z.string(), MessageBody: z.string() });

export interface FaultRunOptions {
  readonly account: EnvironmentAccount;
  readonly api: TasksClient;
  /** Processes whose children, the functions, may be killed. */
  readonly parents: () => readonly number[];
}

/** Why no fault is injected without a store. */
export const tasksNotStored = {
  message: "No faults are injected: tasks are not stored, so that what becomes of them is not known.",
  expected: "tasks in DynamoDB or PostgreSQL",
  next: "run npm start -- --store dynamodb",
} as const;

/** Creates tasks while faults are injected into the functions' calls, and counts what becomes of them. Only on the emulator. */
export class FaultRun {
  private proxies: FaultProxies | undefined;
  private active: readonly FaultName[] = [];
  private readonly accepted = new Set<string>();
  private readonly ended = new Map<string, number>();
  private readonly finished = new Set<string>();
  private injected = 0;
  private since = 0;
  private watching: Promise<void> | undefined;

  private readonly store: FaultyStore;

  constructor(private readonly options: FaultRunOptions) {
    this.store = storeOf(options.account.config);
  }

  /** @throws {CommandError} when this is no emulator, or tasks are not stored */
  async start(faults: readonly FaultName[], tasks: number): Promise<FaultsResult> {
    const { account } = this.options;
    if (account.isAws)
      throw userError("Faults are not injected into AWS.", "the local cloud", "leave out --aws");
    if (!storesTasks(account.config.infra))
      throw userError(tasksNotStored.message, tasksNotStored.expected, tasksNotStored.next);
    if (this.proxies === undefined) await this.open(account);
    this.active = faults;
    this.since = Date.now();
    for (let created = 0; created < tasks; created++) await this.create();
    this.watching ??= this.watch().finally(() => (this.watching = undefined));
    return this.result();
  }

  /** Removes the faults, and configures functions and queue as they were. */
  async stop(): Promise<FaultsResult> {
    this.active = [];
    if (this.proxies !== undefined) await temporarySettings(this.options.account.client).restore();
    await this.proxies?.close();
    this.proxies = undefined;
    return this.result();
  }

  result(): FaultsResult {
    const open = [...this.accepted].filter((id) => !this.finished.has(id)).length;
    const isLate = Date.now() - this.since > settleMilliseconds;
    return {
      active: this.active,
      accepted: this.accepted.size,
      done: this.finished.size,
      lost: isLate ? open : 0,
      duplicated: [...this.ended.values()].reduce((sum, effects) => sum + Math.max(0, effects - 1), 0),
      open,
      injected: this.injected,
      isRunning: this.proxies !== undefined,
    };
  }

  /** Waits until all tasks have ended, or are lost. */
  async settled(): Promise<FaultsResult> {
    while (this.result().open > 0 && this.result().lost === 0) await delay(pollMilliseconds);
    return this.result();
  }

  private async open(account: EnvironmentAccount): Promise<void> {
    const nameOf = naming(account.config);
    const settings = temporarySettings(account.client);
    // Those of a process that was killed name its proxies.
    await settings.restore();
    this.proxies = await openFaultProxies(account, {
      parents: this.options.parents,
      faultOf: (call) => this.faultOf(call),
      performed: (call) => {
        this.observe(call);
      },
    });
    const variables = { ...this.proxies.variables, REDELIVERY_SECONDS: String(visibilitySeconds) };
    await settings.apply(
      Object.fromEntries(
        functionNames.map((name) => [
          nameOf(name),
          { variables, ...(name === "worker" && { timeoutSeconds: workerTimeoutSeconds }) },
        ]),
      ),
      { [await this.queueUrl()]: visibilitySeconds },
    );
  }

  private faultOf(call: ServiceCall): Fault | undefined {
    const fault = chooseFault(call, this.active, this.store);
    if (fault !== undefined) this.injected += 1;
    return fault;
  }

  private observe(call: ServiceCall): void {
    const id = this.store.effectOf(call);
    if (id !== undefined) this.ended.set(id, (this.ended.get(id) ?? 0) + 1);
    if (call.operation === "SendMessage" && this.active.includes("duplicate messages")) this.repeat(call);
  }

  /** Sends a message again, to the emulator itself. */
  private repeat({ body }: ServiceCall): void {
    const message = sentMessage.safeParse(parseJson(body)).data;
    if (message === undefined) return;
    const { account } = this.options;
    const QueueUrl = new URL(new URL(message.QueueUrl).pathname, account.client.endpoint).href;
    this.injected += 1;
    void this.sqs()
      .send(new SendMessageCommand({ QueueUrl, MessageBody: message.MessageBody }))
      .catch(() => undefined);
  }

  /** Counts a task when the API has accepted it; an injected fault may refuse it. */
  private async create(): Promise<void> {
    const body: NewTask = { type: "echo", payload: { message: "with faults" } };
    const { data } = await this.options.api.POST("/tasks", { body }).catch(() => ({ data: undefined }));
    if (data !== undefined) this.accepted.add(data.id);
  }

  /** Follows the tasks, and lets the sweep publish what SQS has refused. */
  private async watch(): Promise<void> {
    const { account, api } = this.options;
    const lambda = new LambdaClient(account.client);
    const producer = naming(account.config)("producer");
    while (this.result().open > 0 && this.result().lost === 0) {
      await delay(pollMilliseconds);
      const event = { kind: "sweep", time: new Date().toISOString() };
      await invokeFunction(lambda, producer, liveAlias, event).catch(() => undefined);
      for (const id of [...this.accepted].filter((each) => !this.finished.has(each))) {
        const found = await api
          .GET("/tasks/{id}", { params: { path: { id } } })
          .catch(() => ({ data: undefined }));
        // A failed task is not lost: its dead letter is there.
        if (found.data?.state === "succeeded" || found.data?.state === "failed") this.finished.add(id);
      }
    }
  }

  private sqs = () => new SQSClient({ ...this.options.account.client, useQueueUrlAsEndpoint: false });

  private async queueUrl(): Promise<string> {
    const QueueName = naming(this.options.account.config)(queues.task.name);
    const { QueueUrl = "" } = await this.sqs().send(new GetQueueUrlCommand({ QueueName }));
    return QueueUrl;
  }
}
