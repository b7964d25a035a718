import type * as z from "zod/mini";
import type { Caller } from "../services/caller";
import type { ProblemCode } from "../http/problem-types";
import type { TaskService } from "../services/task-service";

/** What routes answer from. */
export interface RouteContext {
  readonly tasks: TaskService;
  readonly service: { readonly name: string; readonly version: string; readonly commit: string };
}

/** The parts of a request; names of headers are in lower case. */
type RequestPart = "path" | "query" | "headers" | "body";

/** A request as it comes. */
type RawRequest = Readonly<Record<RequestPart, unknown>> & { readonly caller: Caller };

/** One way in which a route answers. No more than the schema names is sent. */
export interface ResponseSchema {
  readonly description: string;
  /** Absent when the answer has no body. */
  readonly body?: z.ZodMiniType;
  /** What its headers say, by name. */
  readonly headers?: Readonly<Record<string, string>>;
}
export type ResponseSchemas = Readonly<Record<number, ResponseSchema>>;

/** An answer, ready to be sent. */
export interface RawResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** What the API does at one method and path, as clients are told of it. */
export interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly method: "get" | "head" | "post" | "delete";
  /** `/tasks/{id}` */
  readonly path: `/${string}`;
  /** What a caller must be allowed to; undefined for anyone, whatever the API's authorization. */
  readonly scope: "tasks:read" | "tasks:write" | undefined;
  readonly request: Readonly<Record<RequestPart, z.ZodMiniType>>;
  readonly responses: ResponseSchemas;
  /** Problems of the operation, in addition to those of reading its request. */
  readonly problems: readonly ProblemCode[];
}

/** An operation that takes requests as they come. */
export interface Route extends Operation {
  /** @throws {Problem} */
  readonly respond: (request: RawRequest, context: RouteContext) => Promise<RawResponse>;
}
