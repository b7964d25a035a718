import type * as z from "zod/mini";
import type { Settings } from "../../settings";
import type { apiResources } from "../resources";
import type { Scope } from "../scopes";
import type { Caller } from "../services/caller";
import type { ProblemCode } from "../http/problem-types";
import type { TaskService } from "../services/task-service";

/** What the handlers of routes use. */
export interface RouteContext {
  readonly tasks: TaskService;
  readonly resources: typeof apiResources;
  readonly settings: Settings;
  readonly service: { readonly name: string; readonly version: string; readonly commit: string };
}

/** The parts of a request; names of headers are in lower case. */
type RequestPart = "path" | "query" | "headers" | "body";

/** A request before validation. */
type RawRequest = Readonly<Record<RequestPart, unknown>> & { readonly caller: Caller };

/** A successful response of a route. Properties that the schema does not name are not sent. */
export interface ResponseSchema {
  readonly description: string;
  /** Absent for a response without a body. */
  readonly body?: z.ZodMiniType;
  /** Descriptions of its headers, by name. */
  readonly headers?: Readonly<Record<string, string>>;
}
export type ResponseSchemas = Readonly<Record<number, ResponseSchema>>;

/** A response, validated by its schema. */
export interface RawResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** An operation of the API, as the OpenAPI document describes it. */
export interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly method: "get" | "head" | "post" | "put" | "patch" | "delete";
  /** `/tasks/{id}` */
  readonly path: `/${string}`;
  /** The scope that a caller needs; undefined for an operation without authorization. */
  readonly scope: Scope | undefined;
  readonly request: Readonly<Record<RequestPart, z.ZodMiniType>>;
  readonly responses: ResponseSchemas;
  /** Problems of the operation, in addition to those of reading its request. */
  readonly problems: readonly ProblemCode[];
}

/** An operation and its handler. */
export interface Route extends Operation {
  /** @throws {Problem} */
  readonly respond: (request: RawRequest, context: RouteContext) => Promise<RawResponse>;
}
