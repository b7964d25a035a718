/** The attempt did not end in its time. */
export class TaskTimeoutError extends Error {
  override readonly name = "TaskTimeoutError";
}

/** The time that an attempt has, from when this is made. */
export class TimeLimit {
  /** By `performance.now()`. */
  readonly endsAt: number;
  /** Whether the attempt has ended, in whichever way. */
  isOver = false;
  onTimeout: ((reason: TaskTimeoutError) => void) | undefined;
  private timeout: TaskTimeoutError | undefined;
  private controller: AbortController | undefined;

  constructor(private readonly milliseconds: number) {
    this.endsAt = performance.now() + milliseconds;
  }

  /** Aborted when the time is up. Made when it is asked for: most handlers wait for nothing. */
  get signal(): AbortSignal {
    this.controller ??= new AbortController();
    if (this.timeout !== undefined) this.controller.abort(this.timeout);
    return this.controller.signal;
  }

  timeIsUp(): void {
    this.timeout = new TaskTimeoutError(`The attempt was not done after ${this.milliseconds / 1000} s`);
    this.controller?.abort(this.timeout);
    this.onTimeout?.(this.timeout);
  }
}
