import * as z from "zod/mini";
import { jsonPointer } from "../../shared/tasks/json-pointer";
import type { Caller } from "../services/caller";
import { invalidBody, invalidHeader, invalidQuery, Problem } from "../http/problems";
import type { ResponseSchemas, Operation, Route, RouteContext } from "./route";

/** A body that is not read. */
const noBody = z.unknown();

/** A request of which nothing is read: what a route does read takes the place of a part. */
export const emptyRequest = { path: z.object({}), query: z.object({}), headers: z.object({}), body: noBody };

export const hasBody = ({ request }: Operation) => request.body !== noBody;

/** What a route sends, in the shape of one of its responses. */
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
   * Sees a body before its schema does.
   * @throws {Problem} when the schema could not cope with the body
   */
  readonly checkBody?: (body: unknown) => void;
}

/**
 * Ties an operation to the code behind it, which gets what the schemas let through, and gives no more than they name.
 * @param answer throws one of the operation's problems
 */
export function defineRoute<
  Path extends z.ZodMiniType,
  Query extends z.ZodMiniType,
  Headers extends z.ZodMiniType,
  Body extends z.ZodMiniType,
  Responses extends ResponseSchemas,
>(
  operation: TypedOperation<Path, Query, Headers, Body, Responses>,
  answer: (
    request: {
      readonly path: z.output<Path>;
      readonly query: z.output<Query>;
      readonly headers: z.output<Headers>;
      /** Validated and not transformed: what is stored or passed on fits the same schema again. */
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
      // A text that can be no id of anything leads nowhere.
      const path = parse(request.path, raw.path, () => new Problem("resource-not-found"));
      const query = parse(request.query, raw.query, (error) => invalidQuery(error, raw.query));
      const requestHeaders = parse(request.headers, raw.headers, invalidHeader);
      checkBody?.(sent);
      assertInput(request.body, sent, (error) => invalidBody(error, jsonPointer));
      const read = { caller, path, query, headers: requestHeaders, body: sent };
      const { status, body, headers = {} } = await answer(read, context);
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
