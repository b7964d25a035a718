import type { SourceReplacement } from "./mutation";

/** The parts of `protections` that the store of PostgreSQL has in its layer. */
const inLayer = (file: string, symbol: string, by: string): SourceReplacement => ({
  functions: ["postgres-layer"],
  file: `functions/shared/postgres/${file}.ts`,
  symbol,
  by,
});

/** Replaces a function that returns a condition by one that changes the condition, with its values. */
const withCondition = (symbol: string, change: string) =>
  inLayer(
    "task-update",
    symbol,
    `(original) => (...parameters) => (bind) => {
      const condition = original(...parameters)(bind);
      return ${change};
    }`,
  );

export const outboxMark = inLayer(
  "postgres-sweep-store",
  "PostgresSweepStore.listUnpublished",
  "() => async function* () {}",
);

export const lease = inLayer(
  "task-update",
  "claimable",
  "(original) => (revision, now) => original(revision, now, false)",
);

export const isolation = inLayer(
  "task-update",
  "claimable",
  "(original) => (revision, now) => original(revision, now, true)",
);

export const claim = [
  withCondition("claimable", "`((${condition}) OR true)`"),
  withCondition("heldByAttempt", "`((${condition}) OR true)`"),
  // The table itself refuses a second effect.
  inLayer(
    "task-update",
    "updateOf",
    `(original) => (...parameters) => {
      const { sql, values } = original(...parameters);
      return { sql: sql.replace("effects = effects + 1", "effects = 1"), values };
    }`,
  ),
];

export const revision = withCondition("notNewerThan", "`((${condition}) OR true)`");

export const idempotencyRecord = inLayer(
  "postgres-task-repository",
  "PostgresTaskRepository.create",
  "(original) => (task, origin) => original(task, origin)",
);
