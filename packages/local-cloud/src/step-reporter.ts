/** Prints the progress and duration of steps. */
export class StepReporter {
  private readonly started = performance.now();
  private last = "";

  constructor(private readonly print: (line: string) => void = console.log) {}

  /** Runs a step. */
  async run<T>(name: string, work: (report: (line: string) => void) => Promise<T>): Promise<T> {
    const started = performance.now();
    const result = await work((line) => {
      // Repeated lines are omitted.
      if (line === this.last) return;
      this.last = line;
      this.print(`  ${name.padEnd(9)} ${line}`);
    });
    this.print(`✓ ${name.padEnd(9)} ${seconds(started)}`);
    return result;
  }

  /** Time since the reporter was created. */
  get total(): string {
    return seconds(this.started);
  }
}

const seconds = (since: number) => `${((performance.now() - since) / 1000).toFixed(1)} s`;
