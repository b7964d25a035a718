import { checkTaskTypeNames } from "./task-type-names";
import { dependencyCall } from "./dependency-call";
import { documentSign } from "./document-sign";
import { echo } from "./echo";
import { reportSummary } from "./report-summary";

/** All task types: the API and schedules accept them, the worker runs them. */
export const taskTypes = [echo, reportSummary, dependencyCall, documentSign] as const;
checkTaskTypeNames(taskTypes.map(({ name }) => name));

/** The secrets of all task types: 20_infra creates them, the worker may read them. */
export const taskSecrets = [...new Set(taskTypes.flatMap(({ secrets }) => secrets))];
export type TaskSecret = (typeof taskSecrets)[number];
