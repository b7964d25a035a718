import type { Request, Response } from "express";
import type { TaskService } from "../services/task-service";

/** What routes answer from. */
export interface RouteContext {
  readonly tasks: TaskService;
  readonly service: { readonly name: string; readonly version: string; readonly commit: string };
}

/** One operation of the API. */
export interface Route {
  readonly method: "get" | "post" | "delete";
  /** In Express's words: `/tasks/:id`. */
  readonly path: string;
  /** Reads a JSON body before it answers. */
  readonly hasBody: boolean;
  readonly answer: (request: Request, response: Response, context: RouteContext) => Promise<void> | void;
}
