/** Calls a function once no change has been reported for a time. Calls do not overlap, and none is made for a change that a waiting call covers. */
export class SettledCalls {
  private timer: NodeJS.Timeout | undefined;
  private running = Promise.resolve();
  private isWaiting = false;

  /** @param call must not reject */
  constructor(
    private readonly settleMilliseconds: number,
    private readonly call: () => Promise<void>,
  ) {}

  changed(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      if (this.isWaiting) return;
      this.isWaiting = true;
      this.running = this.running.then(() => {
        this.isWaiting = false;
        return this.call();
      });
    }, this.settleMilliseconds);
  }

  /** Drops a change that has not settled, and waits for the calls. */
  async end(): Promise<void> {
    clearTimeout(this.timer);
    await this.running;
  }
}
