/* Made by npm run openapi. */
export interface paths {
  "/health": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Get the status and version of the service */
    get: operations["getHealth"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    /** Get the status and version of the service: headers only */
    head: operations["getHealthHead"];
    patch?: never;
    trace?: never;
  };
  "/tasks": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List tasks, newest first */
    get: operations["listTasks"];
    put?: never;
    /** Create a task */
    post: operations["createTask"];
    delete?: never;
    options?: never;
    /** List tasks, newest first: headers only */
    head: operations["listTasksHead"];
    patch?: never;
    trace?: never;
  };
  "/tasks/{id}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Get a task */
    get: operations["getTask"];
    put?: never;
    post?: never;
    /** Cancel a pending or queued task */
    delete: operations["deleteTask"];
    options?: never;
    /** Get a task: headers only */
    head: operations["getTaskHead"];
    patch?: never;
    trace?: never;
  };
  "/tasks/{id}/cancel": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Cancel a pending or queued task */
    post: operations["cancelTask"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/tasks/{id}/retry": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Retry a failed task */
    post: operations["retryTask"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    /** @description The payload is stored unchanged. Integers range from -(2^53 - 1) to 2^53 - 1. Fractions are rounded to the nearest double. Numbers other than 0 are at least 1e-130 from 0. Strings are Unicode without lone surrogates. Member names are not empty and not __proto__. Objects and arrays have at most 30 levels, including the payload. The payload has at most 131072 bytes as DynamoDB counts them. */
    NewTask:
      | {
          /** @constant */
          type: "echo";
          payload: {
            message: string;
          };
        }
      | {
          /** @constant */
          type: "report.summary";
          payload: {
            hours: number;
          };
        }
      | {
          /** @constant */
          type: "dependency.call";
          payload: {
            failures: number;
          };
        }
      | {
          /** @constant */
          type: "document.sign";
          payload: {
            document: string;
          };
        };
    /** @enum {string} */
    TaskState: "pending" | "queued" | "running" | "succeeded" | "failed" | "cancelled";
    Health: {
      status: string;
      version: string;
      commit: string;
    };
    Task: {
      id: string;
      type: string;
      state: components["schemas"]["TaskState"];
      payload: {
        [key: string]: unknown;
      };
      attempts: number;
      revision: number;
      /** Format: date-time */
      createdAt: string;
      /** Format: date-time */
      updatedAt: string;
      result?: {
        [key: string]: unknown;
      };
      error?: string;
    };
    /** @description RFC 9457 */
    Problem: {
      /**
       * @description The problem's type. GET this path for its description.
       * @enum {string}
       */
      type:
        | "/problems/invalid-utf8"
        | "/problems/invalid-json"
        | "/problems/invalid-header"
        | "/problems/task-not-found"
        | "/problems/resource-not-found"
        | "/problems/method-not-allowed"
        | "/problems/idempotency-request-in-progress"
        | "/problems/task-not-cancellable"
        | "/problems/task-not-retryable"
        | "/problems/body-too-large"
        | "/problems/task-too-large"
        | "/problems/unsupported-media-type"
        | "/problems/invalid-request"
        | "/problems/unstorable-payload"
        | "/problems/idempotency-key-mismatch"
        | "/problems/internal-error"
        | "/problems/unreadable-task"
        | "/problems/persistence-disabled"
        | "/problems/idempotency-unavailable"
        | "/problems/service-unavailable";
      title: string;
      status: number;
      detail: string;
      /** @description The request's id. */
      instance: string;
      /** @description The errors in the request, each with a JSON pointer into the body, ?name for a query parameter, or the name of a header. */
      errors?: {
        pointer: string;
        detail: string;
      }[];
    };
    /** @description A response of API Gateway itself. */
    Refusal: {
      message: string;
    };
    TaskPage: {
      tasks: components["schemas"]["Task"][];
      /** @description Ids of tasks on this page that this version of the service cannot read. Absent if there are none. */
      unreadable?: string[];
      /** @description The cursor of the next page. Absent on the last page. A page may have fewer tasks than `limit`. */
      cursor?: string;
    };
  };
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  getHealth: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The service is running. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Health"];
        };
      };
    };
  };
  getHealthHead: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The service is running. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  listTasks: {
    parameters: {
      query?: {
        state?: components["schemas"]["TaskState"];
        type?: string;
        limit?: number;
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of tasks. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["TaskPage"];
        };
      };
      /** @description `invalid-utf8` */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request has no valid token (authorization = jwt). */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Refusal"];
        };
      };
      /** @description The token lacks the operation's scope (authorization = jwt), or the caller's signature or policies do not allow the operation (authorization = iam). */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Refusal"];
        };
      };
      /** @description `invalid-request` */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `persistence-disabled` */
      501: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `service-unavailable` */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  createTask: {
    parameters: {
      query?: never;
      header?: {
        "idempotency-key"?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["NewTask"];
      };
    };
    responses: {
      /** @description The task was created. */
      202: {
        headers: {
          /** @description The path of the task. */
          Location: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Task"];
        };
      };
      /** @description `invalid-header`, `invalid-json`, `invalid-utf8` */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request has no valid token (authorization = jwt). */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Refusal"];
        };
      };
      /** @description The token lacks the operation's scope (authorization = jwt), or the caller's signature or policies do not allow the operation (authorization = iam). */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Refusal"];
        };
      };
      /** @description `idempotency-request-in-progress` */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `body-too-large`, `task-too-large` */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `unsupported-media-type` */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `idempotency-key-mismatch`, `invalid-request`, `unstorable-payload` */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `idempotency-unavailable` */
      501: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `service-unavailable` */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  listTasksHead: {
    parameters: {
      query?: {
        state?: components["schemas"]["TaskState"];
        type?: string;
        limit?: number;
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of tasks. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `invalid-utf8` */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description The request has no valid token (authorization = jwt). */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description The token lacks the operation's scope (authorization = jwt), or the caller's signature or policies do not allow the operation (authorization = iam). */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `invalid-request` */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `persistence-disabled` */
      501: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `service-unavailable` */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  getTask: {
    parameters: {
      query?: never;
      header?: {
        "if-none-match"?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The task. */
      200: {
        headers: {
          /** @description Changes with each change of the task. */
          ETag: string;
          /** @description Requires revalidation of cached responses. */
          "Cache-Control": string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Task"];
        };
      };
      /** @description The task matches `If-None-Match`. */
      304: {
        headers: {
          /** @description Changes with each change of the task. */
          ETag: string;
          /** @description Requires revalidation of cached responses. */
          "Cache-Control": string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `invalid-header` */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The request has no valid token (authorization = jwt). */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Refusal"];
        };
      };
      /** @description The token lacks the operation's scope (authorization = jwt), or the caller's signature or policies do not allow the operation (authorization = iam). */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Refusal"];
        };
      };
      /** @description `task-not-found` */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `internal-error`, `unreadable-task` */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `persistence-disabled` */
      501: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `service-unavailable` */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  deleteTask: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The task is cancelled. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Task"];
        };
      };
      /** @description The request has no valid token (authorization = jwt). */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Refusal"];
        };
      };
      /** @description The token lacks the operation's scope (authorization = jwt), or the caller's signature or policies do not allow the operation (authorization = iam). */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Refusal"];
        };
      };
      /** @description `task-not-found` */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `task-not-cancellable` */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `internal-error`, `unreadable-task` */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `persistence-disabled` */
      501: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `service-unavailable` */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  getTaskHead: {
    parameters: {
      query?: never;
      header?: {
        "if-none-match"?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The task. */
      200: {
        headers: {
          /** @description Changes with each change of the task. */
          ETag: string;
          /** @description Requires revalidation of cached responses. */
          "Cache-Control": string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description The task matches `If-None-Match`. */
      304: {
        headers: {
          /** @description Changes with each change of the task. */
          ETag: string;
          /** @description Requires revalidation of cached responses. */
          "Cache-Control": string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `invalid-header` */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description The request has no valid token (authorization = jwt). */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description The token lacks the operation's scope (authorization = jwt), or the caller's signature or policies do not allow the operation (authorization = iam). */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `task-not-found` */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `internal-error`, `unreadable-task` */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `persistence-disabled` */
      501: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description `service-unavailable` */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  cancelTask: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The task is cancelled. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Task"];
        };
      };
      /** @description The request has no valid token (authorization = jwt). */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Refusal"];
        };
      };
      /** @description The token lacks the operation's scope (authorization = jwt), or the caller's signature or policies do not allow the operation (authorization = iam). */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Refusal"];
        };
      };
      /** @description `task-not-found` */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `task-not-cancellable` */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `internal-error`, `unreadable-task` */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `persistence-disabled` */
      501: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `service-unavailable` */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  retryTask: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The task is pending again. */
      202: {
        headers: {
          /** @description The path of the task. */
          Location: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Task"];
        };
      };
      /** @description The request has no valid token (authorization = jwt). */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Refusal"];
        };
      };
      /** @description The token lacks the operation's scope (authorization = jwt), or the caller's signature or policies do not allow the operation (authorization = iam). */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Refusal"];
        };
      };
      /** @description `task-not-found` */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `task-not-retryable` */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `internal-error`, `unreadable-task` */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `persistence-disabled` */
      501: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description `service-unavailable` */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
}
