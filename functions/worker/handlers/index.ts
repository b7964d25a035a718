import { checkTaskTypeNames } from "./task-type-names";
import { dependencyCall } from "./dependency-call";
import { documentSign } from "./document-sign";
import { echo } from "./echo";
import { reportSummary } from "./report-summary";

/** Every kind of task. The API accepts these, schedules may name these, the worker runs these. */
export const taskTypes = [echo, reportSummary, dependencyCall, documentSign] as const;
checkTaskTypeNames(taskTypes.map(({ name }) => name));

/** Every secret that some task type uses: 20_infra makes them, the worker may read them. */
export const taskSecrets = [...new Set(taskTypes.flatMap(({ secrets }) => secrets))];
export type TaskSecret = (typeof taskSecrets)[number];
