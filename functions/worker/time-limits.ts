import type { TimeLimit } from "./time-limit";

/** Node does not exit before the timer has come, even when nothing is under way any more. */
const longestTimerMilliseconds = 100;

/**
 * Ends what takes longer than it may. All of it shares one timer, which stays for a moment when nothing is under way:
 * most attempts are over before the event loop turns, and to make a timer and to clear it takes longer than they do.
 */
export class TimeLimits {
  /** Forgotten when all of them are over: a Set of those that are not takes longer than the rest of this. */
  private begun: TimeLimit[] = [];
  private underWay = 0;
  private timer: NodeJS.Timeout | undefined;
  /** By `performance.now()`. */
  private timerEndsAt = Number.POSITIVE_INFINITY;

  /**
   * Does work, for so long at the most.
   * @throws {TaskTimeoutError} when it takes longer
   * @throws {Error} what the work throws
   */
  hold<Result>(limit: TimeLimit, working: Promise<Result>): Promise<Result> {
    this.begin(limit);
    return new Promise((resolve, reject) => {
      limit.onTimeout = reject;
      void working.then(resolve, reject).then(() => {
        this.end(limit);
      });
    });
  }

  private begin(limit: TimeLimit) {
    this.begun.push(limit);
    this.underWay += 1;
    this.setTimer(limit.endsAt);
  }

  private end(limit: TimeLimit) {
    if (limit.isOver) return;
    limit.isOver = true;
    this.underWay -= 1;
    if (this.underWay === 0) this.begun = [];
  }

  /** Has the timer come by then. */
  private setTimer(endsAt: number) {
    if (endsAt >= this.timerEndsAt) return;
    clearTimeout(this.timer);
    const now = performance.now();
    this.timerEndsAt = Math.min(endsAt, now + longestTimerMilliseconds);
    this.timer = setTimeout(() => {
      this.endThoseDue();
    }, this.timerEndsAt - now);
  }

  private endThoseDue() {
    this.timerEndsAt = Number.POSITIVE_INFINITY;
    const now = performance.now();
    for (const limit of this.begun) {
      if (limit.isOver) continue;
      if (limit.endsAt > now) {
        this.setTimer(limit.endsAt);
      } else {
        limit.timeIsUp();
        this.end(limit);
      }
    }
  }
}
