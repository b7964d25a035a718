import { dependencyCall } from "./dependency-call";
import { echo } from "./echo";
import { reportSummary } from "./report-summary";

/** Every kind of task. The API accepts these, schedules may name these, the worker runs these. */
export const taskTypes = [echo, reportSummary, dependencyCall] as const;
