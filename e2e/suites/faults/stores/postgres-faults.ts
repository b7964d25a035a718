import type { PostgresFaultProxy } from "../../../../packages/fault-proxy/src/postgres-fault-proxy";
import { faultyPostgres, taskIdIn } from "../../../../scripts/console/faulty-store";
import type { TestCloud } from "../../../support/test-cloud";
import type { StoreFaults } from "./store-faults";

/** A state of https://www.postgresql.org/docs/16/errcodes-appendix.html. */
const error = (type: string) => ({ kind: "error", status: 0, type }) as const;

/** The statements of PostgreSQL, by their SQL and values. */
export const postgresFaults = (proxy: PostgresFaultProxy, local: TestCloud): StoreFaults => ({
  add: (rule) => proxy.add(rule),
  observe: (observer) => {
    proxy.observe(observer);
  },
  observeInDoubt: (observer) => {
    proxy.observeInDoubt(observer);
  },
  fail: local.stopDatabase,
  creates: "INSERT",
  records: "UPDATE",
  taskOf: ({ body }) => taskIdIn(body),
  effectOf: faultyPostgres.effectOf,
  // Too many connections, the server shuts down, a statement is cancelled, an internal error.
  failures: [error("53300"), error("57P01"), error("57014"), error("XX000")],
  // A serialization failure.
  conflict: error("40001"),
  internals: "amazon|postgres|pg_|relation|Exception",
});
