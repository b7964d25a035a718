import createFetchClient, { type Client, type ClientOptions } from "openapi-fetch";
import type { components, paths } from "./schema";

export type NewTask = components["schemas"]["NewTask"];
export type Task = components["schemas"]["Task"];
export type TasksClient = Client<paths>;

/** A client of the API, typed by its OpenAPI document. */
export const createTasksClient = (options: ClientOptions & { readonly baseUrl: string }): TasksClient =>
  createFetchClient<paths>(options);
