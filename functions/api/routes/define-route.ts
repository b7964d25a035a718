import * as z from "zod/mini";
import { jsonPointer } from "../../shared/tasks/json-pointer";
import type { Caller } from "../services/caller";
import { invalidBody, invalidHeader, invalidQuery, Problem } from "../http/problems";
import type { ResponseSchemas, Operation, Route, RouteContext } from "./route";

/** Marks an operation that reads no body. */
const noBody = z.unknown();

/** A request without parameters and body. Routes override the parts that they read. */
export const emptyRequest = { path: z.object({}), query: z.object({}), headers: z.object({}), body: noBody };

export const hasBody = ({ request }: Operation) => request.body !== noBody;

/** A response of a handler, typed by the operation's schemas. */
type TypedResponse<Responses extends ResponseSchemas> = {
  [Status in keyof Responses & number]: {
    readonly status: Status;
    readonly body?: Responses[Status]["body"] extends z.ZodMiniType
      ? z.input<Responses[Status]["body"]>
      : undefined;
    readonly headers?: Readonly<Record<string, string>>;
  };
}[keyof Responses & number];

interface TypedOperation<
  Path extends z.ZodMiniType,
  Query extends z.ZodMiniType,
  Headers extends z.ZodMiniType,
  Body extends z.ZodMiniType,
  Responses extends ResponseSchemas,
> extends Operation {
  readonly request: {
    readonly path: Path;
    readonly query: Query;
    readonly headers: Headers;
    readonly body: Body;
  };
  readonly responses: Responses;
  /**
   * Checks a body before its schema.
   * @throws {Problem} for a body that the schema cannot validate, such as a deeply nested one
   */
  readonly checkBody?: (body: unknown) => void;
}

/**
 * Defines a route: its handler gets the request that the schemas have validated, typed, and returns a typed response.
 * @param handle handles a valid request; throws one of the operation's problems
 */
export function defineRoute<
  Path extends z.ZodMiniType,
  Query extends z.ZodMiniType,
  Headers extends z.ZodMiniType,
  Body extends z.ZodMiniType,
  Responses extends ResponseSchemas,
>(
  operation: TypedOperation<Path, Query, Headers, Body, Responses>,
  handle: (
    request: {
      readonly path: z.output<Path>;
      readonly query: z.output<Query>;
      readonly headers: z.output<Headers>;
      /** Validated and not transformed, so that a stored value matches the same schema again. */
      readonly body: z.input<Body>;
      readonly caller: Caller;
    },
    context: RouteContext,
  ) => Promise<TypedResponse<NoInfer<Responses>>> | TypedResponse<NoInfer<Responses>>,
): Route {
  const { request, responses, checkBody } = operation;
  return {
    ...operation,
    respond: async ({ caller, body: sent, ...raw }, context) => {
      // An invalid id is not found.
      const path = parse(request.path, raw.path, () => new Problem("resource-not-found"));
      const query = parse(request.query, raw.query, (error) => invalidQuery(error, raw.query));
      const requestHeaders = parse(request.headers, raw.headers, invalidHeader);
      checkBody?.(sent);
      assertInput(request.body, sent, (error) => invalidBody(error, jsonPointer));
      const read = { caller, path, query, headers: requestHeaders, body: sent };
      const { status, body, headers = {} } = await handle(read, context);
      return { status, headers, body: responses[status]?.body?.parse(body) };
    },
  };
}

/** @throws {Problem} unless the schema accepts the value */
function assertInput<Schema extends z.ZodMiniType>(
  schema: Schema,
  value: unknown,
  problem: (error: z.core.$ZodError) => Problem,
): asserts value is z.input<Schema> {
  parse(schema, value, problem);
}

function parse<Schema extends z.ZodMiniType>(
  schema: Schema,
  value: unknown,
  problem: (error: z.core.$ZodError) => Problem,
): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw problem(parsed.error);
}
