import * as z from "zod";
import { task, type Task } from "@serverless-tasks/functions/shared/task";
import { pathAddress } from "../../scripts/local/api-address";
import { eventually } from "./eventually";

const page = z.object({ tasks: z.array(task), cursor: z.string().optional() });

/** Calls the deployed API over HTTP. */
export class ApiClient {
  private readonly base: string;

  constructor(apiUrl: string, endpoint: string) {
    this.base = pathAddress(apiUrl, endpoint);
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

  async create(type: string, payload: unknown): Promise<Task> {
    const response = await this.call("POST", "/tasks", { type, payload });
    if (response.status !== 202) throw new Error(`POST /tasks: ${response.status} ${await response.text()}`);
    return task.parse(await response.json());
  }

  async get(id: string): Promise<Task> {
    return task.parse(await (await this.call("GET", `/tasks/${id}`)).json());
  }

  async list(query = ""): Promise<z.output<typeof page>> {
    return page.parse(await (await this.call("GET", `/tasks${query}`)).json());
  }

  /** The task, once it has come to that state. */
  until(id: string, state: Task["state"], seconds = 30): Promise<Task> {
    return eventually(`task ${id} to be ${state}`, seconds, async () => {
      const found = await this.get(id);
      return found.state === state ? found : undefined;
    });
  }
}
