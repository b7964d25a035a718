import type { FaultProxy } from "../../../../packages/fault-proxy/src/fault-proxy";
import { faultyDynamodb } from "../../../../scripts/console/faulty-store";
import type { StoreFaults } from "./store-faults";

const error = (status: number, type: string) =>
  ({ kind: "error", status, type: `com.amazonaws.dynamodb.v20120810#${type}` }) as const;

const unavailable = error(500, "InternalServerError");

/** The calls of DynamoDB, by their parameters. */
export const dynamodbFaults = (proxy: FaultProxy): StoreFaults => ({
  add: (rule) => proxy.add(rule),
  observe: (observer) => {
    proxy.observe(observer);
  },
  fail: () => Promise.resolve(proxy.add((call) => (faultyDynamodb.isCall(call) ? unavailable : undefined))),
  creates: "PutItem",
  records: "UpdateItem",
  taskOf: ({ body }) => /TASK#([0-9A-Z]{26})/.exec(body)?.[1],
  effectOf: faultyDynamodb.effectOf,
  failures: [error(400, "ProvisionedThroughputExceededException"), unavailable],
  conflict: error(400, "TransactionConflictException"),
  internals: "amazon|dynamodb|Exception",
});
