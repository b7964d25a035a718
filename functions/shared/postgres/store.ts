/** The module of the PostgreSQL layer: it is loaded where tasks are in PostgreSQL, and nowhere else. */
import type { SweepStore } from "../tasks/sweep-store";
import type { TaskRepository } from "../tasks/task-repository";
import { connectionOf } from "./connection";
import { openDatabase } from "./database";
import { PostgresSweepStore } from "./postgres-sweep-store";
import { PostgresTaskRepository } from "./postgres-task-repository";

export interface PostgresStore {
  readonly repository: TaskRepository;
  readonly sweepStore: SweepStore;
}

/** @param url of the database, as `connectionOf` describes it */
export function openPostgresStore(url: string, retentionDays: number | undefined): PostgresStore {
  const database = openDatabase(connectionOf(url));
  return {
    repository: new PostgresTaskRepository(database, { retentionDays }),
    sweepStore: new PostgresSweepStore(database),
  };
}
