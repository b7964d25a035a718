import * as z from "zod";
import type {
  ArchitectureResult,
  AuditEntry,
  DeadLettersResult,
  DeploymentsResult,
  FaultsResult,
  JobView,
  LogLine,
  RatesResult,
  ResourceView,
  ScheduleView,
  SelectionResult,
  Session,
  StatusResult,
  TaskDetail,
  TasksResult,
} from "./model";

/** Whether an endpoint changes something. A `job` changes nothing, and is too expensive for a GET. */
type Effect = "read" | "job" | "write";

export interface Endpoint<Input extends z.ZodType = z.ZodType, Output = unknown> {
  readonly effect: Effect;
  readonly input: Input;
  /** Only for the type of the result. */
  readonly output?: Output;
}

const endpoint =
  (effect: Effect) =>
  <Output>() =>
  <Input extends z.ZodType>(input: Input): Endpoint<Input, Output> => ({ effect, input });
const read = endpoint("read");
const job = endpoint("job");
const write = endpoint("write");

/** Faults that can be injected into the calls of functions. */
export const faultNames = ["kill worker", "fail SQS", "throttle table", "duplicate messages"] as const;

const nothing = z.strictObject({});
const taskId = z.string().regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
const name = z.string().min(1).max(128);
const state = z.enum(["pending", "queued", "running", "succeeded", "failed", "cancelled"]);
const change = z.enum(["retry", "cancel"]);

/** Which tasks; a missing property selects all. */
export const taskFilter = z.strictObject({
  state: state.optional(),
  type: name.optional(),
  /** Words in the payload, as JSON. */
  contains: z.string().min(1).max(200).optional(),
  caller: name.optional(),
  /** Minutes since the last change, at least. */
  olderThan: z.int().min(0).max(5_256_000).optional(),
});
export type TaskFilterInput = z.output<typeof taskFilter>;

const deadLetterFilter = z.strictObject({
  queue: name.default("task"),
  id: name.optional(),
  type: name.optional(),
  reason: z.string().max(500).optional(),
});
export type DeadLetterFilterInput = z.output<typeof deadLetterFilter>;

const logFilter = z.strictObject({
  function: name.optional(),
  contains: z.string().max(200).optional(),
  task: taskId.optional(),
  request: name.optional(),
  level: z.enum(["debug", "info", "warn", "error"]).optional(),
  /** Milliseconds since 1970. */
  since: z.int().min(0),
  limit: z.int().min(1).max(2_000).default(500),
});

/** What the page may request. The server refuses writes in read-only mode by this table, and by nothing else. */
export const endpoints = {
  session: read<Session>()(nothing),
  status: read<StatusResult>()(nothing),
  tasks: read<TasksResult>()(
    taskFilter.extend({
      cursor: z.string().max(500).optional(),
      limit: z.int().min(1).max(100).default(50),
    }),
  ),
  selection: read<SelectionResult>()(taskFilter.extend({ change })),
  task: read<TaskDetail>()(z.strictObject({ id: taskId })),
  "dead-letters": read<DeadLettersResult>()(deadLetterFilter),
  schedules: read<readonly ScheduleView[]>()(nothing),
  rates: read<RatesResult>()(z.strictObject({ hours: z.int().min(1).max(24).default(3) })),
  logs: read<readonly LogLine[]>()(logFilter),
  architecture: read<ArchitectureResult>()(nothing),
  resource: read<ResourceView>()(z.strictObject({ address: name })),
  deployments: read<DeploymentsResult>()(nothing),
  faults: read<FaultsResult>()(nothing),
  job: read<JobView>()(z.strictObject({ id: name })),
  audit: read<readonly AuditEntry[]>()(nothing),

  "deployments/plan": job<JobView>()(nothing),

  "tasks/create": write<{ readonly ids: readonly string[] }>()(
    z.strictObject({
      type: name,
      payload: z.record(z.string(), z.unknown()),
      count: z.int().min(1).max(1_000).default(1),
      /** The task whose payload was edited. */
      from: taskId.optional(),
    }),
  ),
  "tasks/change": write<{ readonly changed: readonly string[]; readonly refused: readonly string[] }>()(
    z.strictObject({ change, ids: z.array(taskId).min(1).max(100) }),
  ),
  "tasks/change-selected": write<JobView>()(
    taskFilter.extend({
      change,
      /** The number that the user has confirmed: more tasks than that are not changed. */
      expected: z.int().min(1),
      rate: z.int().min(1).max(1_000).default(50),
    }),
  ),
  "dead-letters/redrive": write<{ readonly moved: number }>()(
    deadLetterFilter.extend({ limit: z.int().min(1).max(100_000).optional() }),
  ),
  "dead-letters/purge": write<{ readonly deleted: number }>()(
    deadLetterFilter.extend({ limit: z.int().min(1).max(100_000).optional() }),
  ),
  "schedules/run": write<{ readonly taskId?: string | undefined }>()(z.strictObject({ name })),
  pause: write<{ readonly paused: number }>()(
    z.strictObject({ reason: z.string().regex(/^[\p{L}\p{N} _.:/=+@-]{1,200}$/u) }),
  ),
  resume: write<{ readonly resumed: number }>()(nothing),
  "deployments/rollback": write<{ readonly release: number }>()(
    z.strictObject({
      release: z.int().min(1).optional(),
      reason: z.string().min(1).max(200).default("no reason given"),
    }),
  ),
  "faults/start": write<FaultsResult>()(
    z.strictObject({
      faults: z.array(z.enum(faultNames)).min(1),
      tasks: z.int().min(1).max(500).default(20),
    }),
  ),
  "faults/stop": write<FaultsResult>()(nothing),
} as const;

export type EndpointName = keyof typeof endpoints;
export const endpointNames = Object.keys(endpoints) as EndpointName[];
export type Input<Name extends EndpointName> = z.output<(typeof endpoints)[Name]["input"]>;
/** What the page sends: values with defaults may be missing. */
export type GivenInput<Name extends EndpointName> = z.input<(typeof endpoints)[Name]["input"]>;
export type Output<Name extends EndpointName> = NonNullable<(typeof endpoints)[Name]["output"]>;

export const isEndpointName = (given: string): given is EndpointName => Object.hasOwn(endpoints, given);

/** The operations behind the endpoints. */
export type ConsoleService = {
  readonly [Name in EndpointName]: (input: Input<Name>) => Promise<Output<Name>>;
};
