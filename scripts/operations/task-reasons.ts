import type { TasksClient } from "../../client";
import { messageOf, UsageError } from "../core/errors";
import { apiFailure } from "./task-failure";

/** Why a task has failed; undefined when it is not stored, or nothing is recorded. */
export type ReadReason = (taskId: string) => Promise<string | undefined>;

/**
 * Reads reasons from the API. A failure is the reason of all further ones, so that dead letters can be listed and moved
 * while the API does not respond; only a task that cannot be read says nothing about the others.
 * @param open called once, for the first reason
 * @returns a function that throws a UsageError when the API needs a JWT
 */
export function reasonsFromApi(open: () => Promise<TasksClient>): ReadReason {
  let opened: Promise<TasksClient> | undefined;
  let failure: string | undefined;
  return async (id) => {
    if (failure !== undefined) return failure;
    let isOfTask = false;
    try {
      const api = await (opened ??= open());
      const { data, error, response } = await api.GET("/tasks/{id}", { params: { path: { id } } });
      if (data !== undefined) return data.error;
      if (response.status === 404) return undefined;
      isOfTask = response.status === 500;
      throw apiFailure(`GET /tasks/${id}`, response.status, error);
    } catch (error) {
      if (error instanceof UsageError) throw error;
      const [happened] = messageOf(error).split("\n");
      const reason = `The API did not return the reason: ${happened}`;
      if (!isOfTask) failure = reason;
      return reason;
    }
  };
}
