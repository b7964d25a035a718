import type { SweepStore } from "../tasks/sweep-store";
import type { TaskRepository } from "../tasks/task-repository";
import type { PostgresStore } from "./store";

/**
 * A store whose code is in a layer of its own, which a function has only where tasks are in PostgreSQL. It is loaded
 * while the function starts.
 */
export function lazyPostgresStore(url: string, retentionDays: number | undefined): PostgresStore {
  const load = async () => (await import("./store.js")).openPostgresStore(url, retentionDays);
  const store = load();
  // Each call reports the error.
  store.catch(() => undefined);
  const tasks = async () => (await store).repository;
  const sweeps = async () => (await store).sweepStore;
  const repository: TaskRepository = {
    create: async (...task) => (await tasks()).create(...task),
    markPublished: async (message) => (await tasks()).markPublished(message),
    get: async (id) => (await tasks()).get(id),
    transition: async (...change) => (await tasks()).transition(...change),
    list: async (query) => (await tasks()).list(query),
    countSince: async (...since) => (await tasks()).countSince(...since),
    claim: async (...claim) => (await tasks()).claim(...claim),
    succeed: async (...success) => (await tasks()).succeed(...success),
    endAttempt: async (...end) => (await tasks()).endAttempt(...end),
    markFailed: async (...failure) => (await tasks()).markFailed(...failure),
  };
  const sweepStore: SweepStore = {
    acquireLease: async (...lease) => (await sweeps()).acquireLease(...lease),
    releaseLease: async (holder) => (await sweeps()).releaseLease(holder),
    listUnpublished: async function* (before) {
      yield* (await sweeps()).listUnpublished(before);
    },
    listAbandoned: async function* (before) {
      yield* (await sweeps()).listAbandoned(before);
    },
    listQueued: async function* (before) {
      yield* (await sweeps()).listQueued(before);
    },
    requeue: async (task) => (await sweeps()).requeue(task),
    deleteExpired: async () => (await (await sweeps()).deleteExpired?.()) ?? 0,
  };
  return { repository, sweepStore };
}
