import { createTasksClient, type NewTask, type Task, type TasksClient } from "../../client";
import { apiAddress } from "../../packages/local-cloud/src/api-address";
import { eventually } from "./eventually";

/** HTTP client of the deployed API: `typed` is generated from the OpenAPI document, `call` sends any request. */
export class ApiClient {
  readonly base: string;
  readonly typed: TasksClient;

  constructor(apiUrl: string, endpoint: string) {
    // With the stage's name, the emulator hands each spelling of a path on as it is.
    this.base = `${apiAddress(apiUrl, endpoint)}/$default`;
    this.typed = createTasksClient({ baseUrl: this.base });
  }

  call(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    return fetch(`${this.base}${path}`, {
      method,
      headers: { ...headers, ...(body !== undefined && { "content-type": "application/json" }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }

  /**
   * Creates a task.
   * @throws {Error} when the API rejects it
   */
  async create(type: string, payload: Readonly<Record<string, unknown>>): Promise<Task> {
    // The types of the service are those of its team; the API validates them.
    const body = { type, payload } as unknown as NewTask;
    const { data, error } = await this.typed.POST("/tasks", { body });
    if (data === undefined) throw new Error(`POST /tasks: ${JSON.stringify(error)}`);
    return data;
  }

  async get(id: string): Promise<Task> {
    const { data, error } = await this.typed.GET("/tasks/{id}", { params: { path: { id } } });
    if (data === undefined) throw new Error(`GET /tasks/${id}: ${JSON.stringify(error)}`);
    return data;
  }

  async list(query: { type?: string; state?: Task["state"]; limit?: number; cursor?: string } = {}) {
    const { data, error } = await this.typed.GET("/tasks", { params: { query } });
    if (data === undefined) throw new Error(`GET /tasks: ${JSON.stringify(error)}`);
    return data;
  }

  /** Waits until the task has the state. */
  until(id: string, state: Task["state"], seconds = 30): Promise<Task> {
    return eventually(`task ${id} is ${state}`, seconds, async () => {
      const found = await this.get(id);
      return found.state === state ? found : undefined;
    });
  }
}
