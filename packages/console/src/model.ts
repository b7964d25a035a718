/** What the server sends to the page. Times are ISO 8601, UTC, unless a name says otherwise. */

import type { FaultName, TaskState } from "./monitoring-model";

export * from "./monitoring-model";

/** A task as the API returns it. */
export interface ConsoleTask {
  readonly id: string;
  readonly type: string;
  readonly state: TaskState;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly attempts: number;
  readonly revision: number;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly result?: Readonly<Record<string, unknown>> | undefined;
  readonly error?: string | undefined;
  /** The message group of its caller, where the console may read the table. */
  readonly caller?: string | undefined;
}

/** A JSON Schema. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** A fault that can be injected into the functions' calls. */
export interface FaultOffer {
  readonly name: FaultName;
  readonly description: string;
}

export interface Session {
  readonly service: string;
  readonly environment: string;
  readonly account: string;
  readonly region: string;
  /** `AWS`, or the emulator's address. */
  readonly endpoint: string;
  readonly isAws: boolean;
  readonly readOnly: boolean;
  /** Faults that can be injected, or why there are none. */
  readonly faults: { readonly offered: readonly FaultOffer[]; readonly unavailable?: string | undefined };
  readonly functions: readonly string[];
  readonly queues: readonly string[];
  readonly types: readonly { readonly name: string; readonly schema: JsonSchema }[];
  /** Names of payload members whose values the page masks. */
  readonly secretMembers: readonly string[];
  /** A hash of the page's sources. */
  readonly version: string;
}

export interface TasksResult {
  readonly tasks: readonly ConsoleTask[];
  readonly cursor?: string | undefined;
  /** Tasks that were read. */
  readonly examined: number;
  /** The most tasks that one request reads. */
  readonly bound: number;
}

export interface TaskGroup {
  readonly type: string;
  readonly state: TaskState;
  readonly count: number;
  readonly oldest: string;
}

/** The tasks that a change would select. */
export interface SelectionResult {
  readonly selected: number;
  readonly groups: readonly TaskGroup[];
  /** True when the bound was reached: more tasks may match. */
  readonly isBounded: boolean;
  readonly bound: number;
}

/** A line that a function has logged. */
export interface LogLine {
  readonly function: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly level?: string | undefined;
  readonly message: string;
  readonly taskId?: string | undefined;
  readonly requestId?: string | undefined;
  /** The whole line. */
  readonly raw: string;
}

/** A step in a task's life. */
export interface TimelineEvent {
  readonly at: string;
  readonly kind:
    | "request"
    | "stored"
    | "sent"
    | "received"
    | "attempt"
    | "failed"
    | "postponed"
    | "succeeded"
    | "dead letter"
    | "cancelled"
    | "retried"
    | "redriven"
    | "published by the sweep"
    | "scheduled";
  readonly detail?: string | undefined;
  readonly milliseconds?: number | undefined;
  readonly attempt?: number | undefined;
  readonly isError?: boolean | undefined;
}

export interface TaskDetail {
  readonly task: ConsoleTask;
  readonly requestId?: string | undefined;
  readonly timeline: readonly TimelineEvent[];
  /** Newest first. */
  readonly errors: readonly { readonly at: string; readonly attempt: number; readonly error: string }[];
  readonly logs: readonly LogLine[];
  /** The message, if it is a dead letter that was found. */
  readonly deadLetter?: DeadLetterView | undefined;
  /** Tasks that were created from it, and the one that it was created from. */
  readonly links: { readonly from?: string | undefined; readonly to: readonly string[] };
}

export interface DeadLetterView {
  readonly messageId: string;
  readonly id?: string | undefined;
  readonly type: string;
  readonly reason: string;
  readonly sentAt: string;
  readonly body: string;
}

export interface DeadLetterGroupView {
  readonly type: string;
  readonly reason: string;
  readonly count: number;
  readonly first: string;
  readonly last: string;
  readonly sample: DeadLetterView;
}

export interface DeadLettersResult {
  readonly queue: string;
  readonly groups: readonly DeadLetterGroupView[];
  readonly letters: readonly DeadLetterView[];
  readonly total: number;
  /** How the messages were read. */
  readonly method: "emulator" | "receive";
  readonly bound: number;
  readonly isBounded: boolean;
}
