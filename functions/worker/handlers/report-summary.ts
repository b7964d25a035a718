import * as z from "zod/mini";
import { defineTaskType } from "./define-task-type";

const hourMilliseconds = 3_600_000;

/** Counts the tasks of the last hours by state and by type. */
export const reportSummary = defineTaskType({
  name: "report.summary",
  payload: z.strictObject({ hours: z.int().check(z.minimum(1), z.maximum(168)) }),
  run: async ({ hours }, { now, tasksSince }) => {
    if (tasksSince === undefined) throw new Error("report.summary needs a table");
    const since = new Date(now.getTime() - hours * hourMilliseconds);
    const byState: Record<string, number> = {};
    const byType: Record<string, number> = {};
    let total = 0;
    for await (const { state, type } of tasksSince(since)) {
      byState[state] = (byState[state] ?? 0) + 1;
      byType[type] = (byType[type] ?? 0) + 1;
      total += 1;
    }
    return { since: since.toISOString(), until: now.toISOString(), total, byState, byType };
  },
});
