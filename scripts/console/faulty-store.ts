import { hasPostgres } from "../../deploy/config/task-store";
import type { EnvironmentConfig } from "../../deploy/config/environment-config";
import { faultNames } from "../../packages/console/src/endpoints";
import type { FaultName, FaultOffer } from "../../packages/console/src/model";
import type { Fault, ServiceCall } from "../../packages/fault-proxy/src/fault-proxy";

/** How the calls of a store are recognized and failed. */
export interface FaultyStore {
  /** The fault `throttle table`, in words. */
  readonly throttling: string;
  /** Its error when it is called too often. */
  readonly throttled: Fault;
  readonly isCall: (call: ServiceCall) => boolean;
  /** The task whose effect a call records. */
  readonly effectOf: (call: ServiceCall) => string | undefined;
}

/** See `DynamoTaskRepository.succeed`. */
export const faultyDynamodb: FaultyStore = {
  throttling: "DynamoDB throttles a fifth of the calls",
  throttled: {
    kind: "error",
    status: 400,
    type: "com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException",
  },
  isCall: ({ operation }) => /Item|Query/.test(operation),
  effectOf: ({ operation, body }) =>
    operation === "UpdateItem" && body.includes('"#effects"')
      ? /TASK#([0-9A-Z]{26})/.exec(body)?.[1]
      : undefined,
};

/** A value of a statement that is a task's id; values within documents have escaped quotes. */
export const taskIdIn = (body: string) => /"([0-9A-Z]{26})"/.exec(body)?.[1];

/** See `PostgresTaskRepository.succeed`. */
export const faultyPostgres: FaultyStore = {
  throttling: "PostgreSQL refuses a fifth of the statements: too many connections",
  // too_many_connections: https://www.postgresql.org/docs/16/errcodes-appendix.html
  throttled: { kind: "error", status: 0, type: "53300" },
  isCall: ({ operation }) => /^(?:INSERT|SELECT|UPDATE|DELETE)$/.test(operation),
  effectOf: ({ operation, body }) =>
    operation === "UPDATE" && body.includes("effects = ") ? taskIdIn(body) : undefined,
};

export const storeOf = ({ infra }: EnvironmentConfig): FaultyStore =>
  hasPostgres(infra) ? faultyPostgres : faultyDynamodb;

/** The faults of a service with that store. */
export function offeredFaults({ throttling }: FaultyStore): FaultOffer[] {
  const descriptions: Readonly<Record<FaultName, string>> = {
    "kill worker": "a fifth of the workers is killed before or after a success is recorded",
    "fail SQS": "SQS refuses 30 % of the messages",
    "throttle table": throttling,
    "duplicate messages": "SQS delivers each message twice",
  };
  return faultNames.map((name) => ({ name, description: descriptions[name] }));
}
