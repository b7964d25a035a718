import * as z from "zod/mini";
import { UnsupportedMessageError, type RetryDelay } from "../attempt/retry-policy";
import type { Log } from "../../shared/runtime/logger";
import type { jsonObject } from "../../shared/tasks/task";
import type { TaskCounts } from "../../shared/tasks/task-repository";
import type { Settings } from "../../settings";
import type { workerResources } from "../resources";

/** What a handler gets in addition to its payload. */
export interface TaskContext<Secret extends string = string> {
  readonly taskId: string;
  /** 1 for the first attempt. */
  readonly attempt: number;
  readonly log: Log;
  readonly now: Date;
  /**
   * Aborted at the attempt's timeout. Pass it to the calls that the handler awaits.
   */
  readonly signal: AbortSignal;
  /**
   * Counts the tasks created since then, by state and by task type; approximately, while tasks change. Absent without a
   * table.
   */
  readonly countTasks: ((since: Date) => Promise<TaskCounts>) | undefined;
  /**
   * The current value of a secret that the type declares. Read it in each run, because it changes.
   * @throws {Error} if it has no value, or no value could be read yet
   */
  readonly secret: (name: Secret) => Promise<string>;
  readonly resources: typeof workerResources;
  readonly settings: Settings;
}

type JsonObject = z.output<typeof jsonObject>;

/** A task type. It also needs its line in `handlers/index.ts`. */
export interface TaskType<
  Name extends string,
  Payload extends z.ZodMiniType<unknown, JsonObject>,
  Secret extends string = never,
> {
  readonly name: Name;
  /**
   * Accepts payloads, in the API and again before each run, and may transform them: tasks, messages and clients have the
   * payload as it was sent, `run` has the schema's output.
   */
  readonly payload: Payload;
  /** Timeout of an attempt. Default: the rest of the function's timeout. */
  readonly timeoutSeconds?: number;
  /** Concurrent attempts in a batch, to limit the load on a dependency. Default: the whole batch. */
  readonly concurrency?: number;
  /** Default: 5 s, at most 15 minutes. */
  readonly retry?: RetryDelay;
  /**
   * Names of the secrets that it uses. Default: none. Each environment has its own in Secrets Manager, and
   * `npm run cli -- secret` sets the value.
   */
  readonly secrets?: readonly Secret[];
  /**
   * The handler. It may run more than once for a task; its result is recorded once.
   * @returns the task's result
   * @throws {Error} to be retried later; the message becomes the task's `error`
   * @throws {NonRetryableError} of ../attempt/retry-policy, to fail the task at once
   */
  readonly run: (payload: z.output<Payload>, context: TaskContext<Secret>) => Promise<JsonObject>;
}

/** A task type that validates the payload before it runs. */
export interface RunnableTaskType<
  Name extends string,
  Payload extends z.ZodMiniType<unknown, JsonObject>,
  Secret extends string = never,
> extends Required<TaskType<Name, Payload, Secret>> {
  /**
   * Validates the payload and runs the handler.
   * @throws {UnsupportedMessageError} when the payload does not fit
   * @throws {Error} what `run` throws
   */
  readonly execute: (payload: unknown, context: TaskContext) => Promise<JsonObject>;
}

const defaults = {
  timeoutSeconds: Number.POSITIVE_INFINITY,
  concurrency: Number.POSITIVE_INFINITY,
  retry: { initialSeconds: 5, maxSeconds: 900 },
  secrets: [],
};

/** `invalid_type, unrecognized_keys`: messages of zod quote names of the payload's members, and the error is logged. */
const codesOf = ({ issues }: z.core.$ZodError) => [...new Set(issues.map(({ code }) => code))].join(", ");

/** Ties `run` to the payload's schema, and to the secrets that are declared. */
export const defineTaskType = <
  const Name extends string,
  Payload extends z.ZodMiniType<unknown, JsonObject>,
  const Secret extends string = never,
>(
  type: TaskType<Name, Payload, Secret>,
): RunnableTaskType<Name, Payload, Secret> => {
  // Compiled at the first run: the API loads the types, too, and runs none.
  let compiled: Payload | undefined;
  return {
    ...defaults,
    ...type,
    execute: (payload, context) => {
      compiled ??= z.compile(type.payload);
      const parsed = compiled.safeParse(payload);
      if (!parsed.success) {
        throw new UnsupportedMessageError(`The payload does not match the schema of ${type.name}`, {
          cause: new Error(codesOf(parsed.error)),
        });
      }
      return type.run(parsed.data, context);
    },
  };
};
