import { randomUUID } from "node:crypto";
import { ConsoleError, problemOf } from "./errors";
import type { JobView } from "./model";

/** Jobs that are kept; the oldest ended ones are removed. */
const kept = 50;
/** Lines of a job's output that are kept. */
const keptLines = 500;

export interface JobReport {
  readonly progress: (values: Partial<Pick<JobView, "done" | "total" | "skipped">>) => void;
  readonly print: (line: string) => void;
}

/** Work that continues after the response to its request. */
export class Jobs {
  private readonly jobs = new Map<string, JobView>();

  start(what: string, work: (report: JobReport) => Promise<void>): JobView {
    const id = randomUUID();
    const job: JobView = { id, what, state: "running", done: 0, lines: [] };
    this.jobs.set(id, job);
    const update = (values: Partial<JobView>) => void this.jobs.set(id, { ...this.get(id), ...values });
    const report: JobReport = {
      progress: update,
      print: (line) => {
        update({ lines: [...this.get(id).lines, line].slice(-keptLines) });
      },
    };
    work(report).then(
      () => {
        update({ state: "done" });
      },
      (error: unknown) => {
        const { message, next } = problemOf(error).problem;
        update({ state: "failed", error: next === undefined ? message : `${message} ${next}` });
      },
    );
    for (const [other, { state }] of [...this.jobs].slice(0, -kept))
      if (state !== "running") this.jobs.delete(other);
    return this.get(id);
  }

  get(id: string): JobView {
    const found = this.jobs.get(id);
    if (found !== undefined) return found;
    throw new ConsoleError(404, {
      code: "unknown-job",
      message: `There is no job ${id}.`,
      expected: "a job of this console, since its start",
      next: "reload the page",
    });
  }
}
