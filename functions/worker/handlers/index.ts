import { checkTaskTypeNames } from "./task-type-names";
import { canary } from "./canary";
import { echo } from "./echo";
import { examples } from "./examples";

/** All task types: the API and schedules accept them, the worker runs them. */
export const taskTypes = [echo, canary, ...examples] as const;
export const taskTypeNames = taskTypes.map(({ name }) => name);
checkTaskTypeNames(taskTypeNames);

/** The secrets of all task types: 20_infra creates them, the worker may read them. */
export const taskSecrets = [...new Set(taskTypes.flatMap(({ secrets }) => secrets))];
export type TaskSecret = (typeof taskSecrets)[number];
