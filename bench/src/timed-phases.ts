import { StepReporter } from "../../packages/local-cloud/src/step-reporter";

/** Phases that record their durations. */
export class TimedPhases extends StepReporter {
  readonly seconds = new Map<string, number>();

  override async run<T>(name: string, work: (report: (line: string) => void) => Promise<T>): Promise<T> {
    const started = performance.now();
    const result = await super.run(name, work);
    this.seconds.set(name, (performance.now() - started) / 1000);
    return result;
  }
}
