import * as z from "zod/mini";
import type { Log } from "../shared/logger";
import type { jsonObject, Task } from "../shared/task";

/** What a handler may use beside its payload. */
export interface TaskContext<Secret extends string = string> {
  readonly taskId: string;
  /** 1 for the first attempt. */
  readonly attempt: number;
  readonly log: Log;
  readonly now: Date;
  /**
   * Aborted when the attempt's time is up: hand it to whatever the handler waits for. Take it from the context itself,
   * which makes it when asked: a copy by `...` has none.
   */
  readonly signal: AbortSignal;
  /** Tasks made since then, newest first. Absent when persistence is off. */
  readonly tasksSince: ((time: Date) => AsyncIterable<Task>) | undefined;
  /**
   * The value of a secret that the type declares, as it is now or was a moment ago. Ask for it at each run: it changes.
   * @throws {Error} when it has no value yet, or cannot be read and never was
   */
  readonly secret: (name: Secret) => Promise<string>;
}

/** Seconds to wait before a failed task is tried again: at first, doubled each time, at the most. */
export interface RetryDelay {
  readonly firstSeconds: number;
  readonly largestSeconds: number;
}

type JsonObject = z.output<typeof jsonObject>;

/** A kind of task: the only thing to write for a new one, beside its line in `handlers/index.ts`. */
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
  /** What an attempt may take; all that is left of the function's timeout unless given. */
  readonly timeoutSeconds?: number;
  /** How many of a batch are worked on at once, to spare what they call; all of them unless given. */
  readonly concurrency?: number;
  /** 5 s at first and 15 minutes at the most unless given. */
  readonly retry?: RetryDelay;
  /**
   * Names of the secrets that it uses, none unless given. Each environment has one of its own in Secrets Manager, which
   * `npm run cli -- secret` gives its value.
   */
  readonly secrets?: readonly Secret[];
  /**
   * Does the work. It may run more than once for a task, but what it gives back is recorded once.
   * @returns the task's result
   * @throws {Error} to be tried again later; the message becomes the task's `error`
   */
  readonly run: (payload: z.output<Payload>, context: TaskContext<Secret>) => Promise<JsonObject>;
}

/** A kind of task, ready for a payload that nobody has looked at yet. */
export interface RunnableTaskType<
  Name extends string,
  Payload extends z.ZodMiniType<unknown, JsonObject>,
  Secret extends string = never,
> extends Required<TaskType<Name, Payload, Secret>> {
  /**
   * Checks the payload and does the work.
   * @throws {UnworkableTaskError} when the payload does not fit
   * @throws {Error} what `run` throws
   */
  readonly execute: (payload: unknown, context: TaskContext) => Promise<JsonObject>;
}

const defaults = {
  timeoutSeconds: Number.POSITIVE_INFINITY,
  concurrency: Number.POSITIVE_INFINITY,
  retry: { firstSeconds: 5, largestSeconds: 900 },
  secrets: [],
};

/** Ties `run` to the payload's schema, and to the secrets that are declared. */
export const defineTaskType = <
  const Name extends string,
  Payload extends z.ZodMiniType<unknown, JsonObject>,
  const Secret extends string = never,
>(
  type: TaskType<Name, Payload, Secret>,
): RunnableTaskType<Name, Payload, Secret> => {
  // Compiled when one is run for the first time: the API has the types, too, and runs none.
  let compiled: Payload | undefined;
  return {
    ...defaults,
    ...type,
    execute: (payload, context) => {
      compiled ??= z.compile(type.payload);
      const parsed = compiled.safeParse(payload);
      if (!parsed.success) {
        throw new UnworkableTaskError(`The payload does not fit ${type.name}`, { cause: parsed.error });
      }
      return type.run(parsed.data, context);
    },
  };
};

/** The task can never succeed: no attempt will make its type known or its payload right. */
export class UnworkableTaskError extends Error {
  override readonly name = "UnworkableTaskError";
}
