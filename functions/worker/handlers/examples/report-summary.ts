import * as z from "zod/mini";
import { defineTaskType } from "../define-task-type";

const hourMilliseconds = 3_600_000;

/** Counts the tasks of the last hours by state and by type. */
export const reportSummary = defineTaskType({
  name: "report.summary",
  payload: z.strictObject({ hours: z.int().check(z.minimum(1), z.maximum(168)) }),
  run: async ({ hours }, { now, countTasks }) => {
    if (countTasks === undefined) throw new Error("report.summary needs a table");
    const since = new Date(now.getTime() - hours * hourMilliseconds);
    return { since: since.toISOString(), until: now.toISOString(), ...(await countTasks(since)) };
  },
});
