/** What the server sends about schedules, queues, deployments and the console itself. */

export type TaskState = "pending" | "queued" | "running" | "succeeded" | "failed" | "cancelled";

export interface ScheduleView {
  readonly name: string;
  readonly expression: string;
  readonly enabled: boolean;
  readonly paused?: string | undefined;
  /** `sweep` is the outbox's own. */
  readonly kind: "task" | "sweep";
  readonly type?: string | undefined;
  readonly payload?: Readonly<Record<string, unknown>> | undefined;
  /** The next times; of a rate without a known run, none. */
  readonly next: readonly string[];
  readonly runs: readonly ScheduleRun[];
  /** Slots without a run since the first known one. */
  readonly missed: readonly string[];
}

export interface ScheduleRun {
  readonly at: string;
  readonly taskId?: string | undefined;
  readonly state?: TaskState | undefined;
  readonly outcome: string;
}

/** Values per minute; a value is null where there is none. */
export interface RateSeries {
  /** Seconds since 1970 of each minute. */
  readonly minutes: readonly number[];
  readonly accepted: readonly number[];
  readonly succeeded: readonly number[];
  readonly failed: readonly number[];
}

export interface TypeTimes {
  readonly type: string;
  readonly accepted: number;
  readonly succeeded: number;
  readonly failed: number;
  /** Milliseconds; undefined without values. */
  readonly waitP95?: number | undefined;
  readonly runP95?: number | undefined;
  readonly totalP95?: number | undefined;
}

export interface QueueView {
  readonly name: string;
  readonly visible?: number | undefined;
  readonly inFlight?: number | undefined;
  readonly delayed?: number | undefined;
  /** Of the oldest message, in seconds; undefined when it is not known. */
  readonly oldestSeconds?: number | undefined;
}

export interface RatesResult {
  readonly queues: readonly QueueView[];
  readonly series: RateSeries;
  readonly types: readonly TypeTimes[];
  readonly hours: number;
  /** Where the numbers come from. */
  readonly source: "logs" | "metrics";
  /** True when not all log lines were read. */
  readonly isBounded: boolean;
}

export interface StatusResult {
  readonly functions: readonly {
    readonly name: string;
    readonly live?: { readonly version: string; readonly deployedAt: string } | undefined;
  }[];
  readonly queues: readonly QueueView[];
  readonly sources: readonly {
    readonly kind: "mapping" | "rule";
    readonly name: string;
    readonly enabled: boolean;
    readonly paused?: { readonly at: string; readonly reason: string } | undefined;
  }[];
  readonly alarms: readonly { readonly name: string; readonly state: string; readonly since: string }[];
  readonly deployments: readonly { readonly name: string; readonly at?: string | undefined }[];
}

/** A number on the drawing, at a node of it. */
export interface NodeCount {
  readonly label: string;
  readonly value: number;
  readonly isProblem?: boolean | undefined;
}

export interface ResourceView {
  readonly address: string;
  readonly layer: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

export interface ArchitectureResult {
  /** The drawing, as SVG. */
  readonly svg: string;
  readonly nodes: Readonly<
    Record<
      string,
      {
        readonly title: string;
        readonly counts: readonly NodeCount[];
        readonly resources: readonly string[];
        readonly sources: readonly string[];
        readonly function?: string | undefined;
      }
    >
  >;
}

export interface ReleaseView {
  readonly number: number;
  readonly state: string;
  readonly at: string;
  readonly commit: string;
  readonly reason?: string | undefined;
  readonly versions: Readonly<Record<string, string>>;
  readonly isLive: boolean;
}

export interface DeploymentsResult {
  readonly layers: readonly { readonly name: string; readonly at?: string | undefined }[];
  readonly functions: readonly {
    readonly name: string;
    readonly live?: string | undefined;
    readonly published?: string | undefined;
  }[];
  readonly releases: readonly ReleaseView[];
  /** The release that a rollback would return to. */
  readonly target?: number | undefined;
}

/** Work that continues after the response. */
export interface JobView {
  readonly id: string;
  readonly what: string;
  readonly state: "running" | "done" | "failed";
  readonly done: number;
  readonly total?: number | undefined;
  readonly skipped?: number | undefined;
  readonly lines: readonly string[];
  readonly error?: string | undefined;
}

export type FaultName = "kill worker" | "fail SQS" | "throttle table" | "duplicate messages";

/** Tasks that were created while faults are injected, since the start of the console. */
export interface FaultsResult {
  readonly active: readonly FaultName[];
  /** By the API. */
  readonly accepted: number;
  /** Succeeded or failed. */
  readonly done: number;
  /** Not done minutes after the last start. */
  readonly lost: number;
  /** Effects beyond the first one of a task. */
  readonly duplicated: number;
  readonly open: number;
  readonly injected: number;
  /** Whether the functions call AWS through the proxy. */
  readonly isRunning: boolean;
}

export interface AuditEntry {
  readonly at: string;
  readonly who: string;
  readonly operation: string;
  readonly input: unknown;
  readonly outcome: "done" | "failed" | "refused";
  readonly detail?: string | undefined;
}

/** An error response. */
export interface ConsoleProblem {
  readonly code: string;
  readonly message: string;
  readonly expected?: string | undefined;
  readonly next?: string | undefined;
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[] | undefined;
}
