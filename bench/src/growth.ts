import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { documentClient } from "@serverless-tasks/functions/shared/aws/clients";
import { DynamoTaskRepository } from "@serverless-tasks/functions/shared/aws/dynamodb/dynamo-task-repository";
import { newTaskItem } from "@serverless-tasks/functions/shared/aws/dynamodb/task-item";
import { newTask, taskState, type TaskState } from "@serverless-tasks/functions/shared/tasks/task";
import { newTaskId } from "@serverless-tasks/functions/shared/tasks/task-id";
import type { ListQuery } from "@serverless-tasks/functions/shared/tasks/task-repository";
import { DynamoTable } from "@serverless-tasks/functions/shared/testing/dynamo-table";
import { MemoryTaskQueue } from "@serverless-tasks/functions/shared/testing/memory-task-queue";
import { silentMetrics } from "@serverless-tasks/functions/shared/testing/recorded-metrics";
import { silentLog } from "@serverless-tasks/functions/shared/testing/silent-log";
import { DynamoSweepStore } from "@serverless-tasks/functions/producer/sweep/dynamo-sweep-store";
import { sweep } from "@serverless-tasks/functions/producer/sweep/sweep";

/** What an operation has cost: calls of DynamoDB, and index entries and items that they have read. */
export interface Cost {
  readonly operation: string;
  readonly calls: number;
  readonly items: number;
}

/** What a report over all tasks has cost, in seconds and megabytes of this process. */
export interface ReportCost extends Cost {
  readonly seconds: number;
  readonly megabytes: number;
}

const types = ["echo", "report.summary", "document.sign"] as const;
export const limits = [1, 20, 100] as const;

export type Filter = Pick<ListQuery, "state" | "type">;

/** All combinations of filters; `report.summary` is every tenth task. */
export const filters: readonly Filter[] = [
  {},
  { type: "report.summary" },
  ...taskState.options.map((state) => ({ state })),
  ...taskState.options.map((state) => ({ state, type: "report.summary" })),
];

export const nameOf = ({ state, type }: Filter) =>
  [state, type && "type"].filter(Boolean).join(" and ") || "no filter";

/** The newest tasks: as many as wait for the API and as many as workers run, however large the table is. */
const pendingTasks = 100;
const runningTasks = 100;

/** States of the others: most tasks have succeeded, and a backlog grows with the table. */
function stateOf(at: number, size: number, random: () => number): TaskState {
  if (at >= size - pendingTasks) return "pending";
  if (at >= size - pendingTasks - runningTasks) return "running";
  const chance = random();
  if (chance < 0.125) return "failed";
  if (chance < 0.25) return "cancelled";
  return chance < 0.375 ? "queued" : "succeeded";
}

/** A table in memory with tasks of a day. */
export class GrowingTable {
  private readonly client: DynamoDBDocumentClient;
  private readonly table: DynamoTable;
  private readonly ids: string[] = [];
  private readonly repository: DynamoTaskRepository;
  private readonly now: Date;

  constructor(
    private readonly size: number,
    random: () => number,
    end = new Date(),
  ) {
    process.env.AWS_REGION ??= "eu-central-1";
    this.now = end;
    this.client = documentClient();
    this.table = new DynamoTable(this.client);
    this.repository = new DynamoTaskRepository(this.client, "tasks", { now: () => end });
    const payload = { message: "hello" };
    for (let at = 0; at < size; at++) {
      // The newest ones are too young for the sweep.
      const age = at < size - pendingTasks ? day - Math.floor((at / size) * (day - minute)) : 1;
      const time = new Date(end.getTime() - age);
      const chance = random();
      const type = chance < 0.1 ? "report.summary" : chance < 0.5 ? "document.sign" : "echo";
      const state = stateOf(at, size, random);
      const task = { ...newTask(newTaskId(time), type, payload, time), state };
      this.ids.push(task.id);
      const lease = state === "running" ? { leaseEnds: end.getTime() } : {};
      this.table.fill({ ...newTaskItem(task, { requestId: "r" }), ...lease });
    }
    this.ids.sort();
  }

  /** The cost of a first page, or of one in the middle of the table; `isLast` if no other follows. */
  async page(filter: Filter, limit: number, isDeep: boolean): Promise<Cost & { readonly isLast: boolean }> {
    const before = isDeep ? this.ids[Math.floor(this.size / 2)] : undefined;
    let isLast = false;
    const cost = await this.costOf(nameOf(filter), async () => {
      const { next } = await this.repository.list({ ...filter, limit, before });
      isLast = next === undefined;
    });
    return { ...cost, isLast };
  }

  /** The cost of the claim of a task. */
  async claim(): Promise<Cost> {
    const task = newTask(newTaskId(this.now), "echo", {}, this.now);
    await this.repository.create(task, { requestId: "r" });
    return this.costOf("claim", () =>
      this.repository.claim({ taskId: task.id, revision: 1 }, new Date(this.now.getTime() + minute)),
    );
  }

  /** The cost of a report over all tasks with the latency of a call. */
  async report(latencyMilliseconds: number): Promise<ReportCost> {
    this.table.latencyMilliseconds = latencyMilliseconds;
    const since = new Date(this.now.getTime() - day);
    const memory = process.memoryUsage().heapUsed;
    const started = performance.now();
    const cost = await this.costOf("report over 24 h", () => this.repository.countSince(since, types));
    const seconds = (performance.now() - started) / 1000;
    this.table.latencyMilliseconds = 0;
    return { ...cost, seconds, megabytes: (process.memoryUsage().heapUsed - memory) / 1e6 };
  }

  /** The cost of a sweep that finds nothing to do. */
  async sweep(): Promise<Cost> {
    const store = new DynamoSweepStore(this.client, "tasks", () => this.now);
    return this.costOf("sweep", () =>
      sweep({
        ...{ repository: this.repository, sweepStore: store, queue: new MemoryTaskQueue(), log: silentLog },
        metrics: silentMetrics,
        now: () => this.now,
        remainingMilliseconds: () => minute,
        redeliverySeconds: 180,
        messageLifetimeSeconds: (5 * day) / 1000,
      }),
    );
  }

  private async costOf(operation: string, work: () => Promise<unknown>): Promise<Cost> {
    this.table.takeCalls();
    await work();
    const calls = this.table.takeCalls();
    return { operation, calls: calls.length, items: calls.reduce((sum, { examined }) => sum + examined, 0) };
  }
}

const minute = 60_000;
const day = 24 * 60 * minute;
