/** Prints what is being done, and how long each part took. */
export class Phases {
  private readonly started = performance.now();
  private last = "";

  constructor(private readonly print: (line: string) => void = console.log) {}

  /** Runs one part of the work under a heading. */
  async run<T>(name: string, work: (report: (line: string) => void) => Promise<T>): Promise<T> {
    const started = performance.now();
    const result = await work((line) => {
      // The same news twice is none.
      if (line === this.last) return;
      this.last = line;
      this.print(`  ${name.padEnd(9)} ${line}`);
    });
    this.print(`✓ ${name.padEnd(9)} ${seconds(started)}`);
    return result;
  }

  /** Time since the first phase could begin. */
  get total(): string {
    return seconds(this.started);
  }
}

const seconds = (since: number) => `${((performance.now() - since) / 1000).toFixed(1)} s`;
