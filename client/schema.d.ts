/* Made by npm run openapi. */
export interface paths {
  "/health": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Whether the API answers, and which version it is */
    get: operations["getHealth"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    /** Whether the API answers, and which version it is: headers only */
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
    /** Hand in a task */
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
    /** How a task is doing */
    get: operations["getTask"];
    put?: never;
    post?: never;
    /** Cancel a task that no worker has begun */
    delete: operations["deleteTask"];
    options?: never;
    /** How a task is doing: headers only */
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
    /** Cancel a task that no worker has begun */
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
    /** Have a failed task tried again */
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
    /** @description The payload is kept as it is sent. Integers are from -(2^53 - 1) to 2^53 - 1, fractions are rounded to the nearest double, and no number but 0 is closer to 0 than 1e-130. Text is Unicode without single surrogates. Names have a character at least, and none is __proto__. Objects and arrays are within each other up to 30 levels, the payload counted. It has 131072 bytes at most, as DynamoDB counts them. */
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
      /** @default 1 */
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
      /** @description Ids of tasks that belong on this page and are stored in a form that this version cannot read; absent when there are none. */
      unreadable?: string[];
      /** @description Where the next page begins; absent on the last. A page may end before its limit. */
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
      /** @description It answers. */
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
      /** @description It answers. */
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
      /** @description The task is accepted and will be run. */
      202: {
        headers: {
          /** @description The task's path. */
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
          /** @description Changes whenever the task does. */
          ETag: string;
          /** @description To ask before using a copy. */
          "Cache-Control": string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Task"];
        };
      };
      /** @description It is as `If-None-Match` says. */
      304: {
        headers: {
          /** @description Changes whenever the task does. */
          ETag: string;
          /** @description To ask before using a copy. */
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
      /** @description The task is cancelled, now or before. */
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
          /** @description Changes whenever the task does. */
          ETag: string;
          /** @description To ask before using a copy. */
          "Cache-Control": string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description It is as `If-None-Match` says. */
      304: {
        headers: {
          /** @description Changes whenever the task does. */
          ETag: string;
          /** @description To ask before using a copy. */
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
      /** @description The task is cancelled, now or before. */
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
      /** @description The task waits to be run again. */
      202: {
        headers: {
          /** @description The task's path. */
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
