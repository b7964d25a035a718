import { taskTypes } from "@serverless-tasks/functions/worker/handlers";

/** Whether a task type exists: a team may have removed an example. */
export const hasTaskType = (type: string): boolean =>
  taskTypes.some(({ name }: { readonly name: string }) => name === type);

/** A test that uses an example task type; skipped when the examples are removed. */
export const testWith = (type: string): jest.It => (hasTaskType(type) ? test : test.skip);
