import * as z from "zod";
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from "zod-openapi";
import { routes } from "@serverless-tasks/functions/api/routes";
import { readsBody } from "@serverless-tasks/functions/api/routes/define-route";
import type { Route } from "@serverless-tasks/functions/api/routes/route";

/** The version of the contract. A change that breaks clients needs a new first number. */
export const apiVersion = "1.0.0";

const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string().describe("The id of the request."),
    errors: z
      .array(z.object({ pointer: z.string(), detail: z.string() }))
      .optional()
      .describe("What is wrong with the request, and where: a JSON pointer, or ?name for a query parameter."),
  })
  .meta({ id: "Problem", description: "RFC 9457" });

/** The HTTP API responds itself where its authorization refuses a request. */
const refusal = z
  .object({ message: z.string() })
  .meta({ id: "Refusal", description: "A response of API Gateway itself." });

const meanings: Readonly<Record<number, string>> = {
  400: "The request cannot be read: its JSON, its UTF-8, or a header.",
  401: "The request has no valid token (authorization = jwt).",
  403: "The token lacks the operation's scope (authorization = jwt), or the signature or the policies of the caller do not allow the operation (authorization = iam).",
  404: "There is no such task.",
  409: "The task is in another state, or a request with the same Idempotency-Key is being accepted.",
  413: "The body is too large.",
  415: "The body is not JSON in UTF-8.",
  422: "The request does not fit its schema, or its Idempotency-Key was used for another one.",
  500: "The task is stored in a form that this version cannot read: `type` is `urn:problem:unreadable-task`.",
  501: "It needs a table, which this environment does not have.",
  503: "The queue or the table does not answer; Retry-After says when to try again.",
};

/** Statuses that come of reading a request, whatever a route does with it. */
const ofReading = (route: Route): number[] => [
  ...(readsBody(route) ? [400, 413, 415, 422] : []),
  ...(isEmpty(route.request.headers) ? [] : [400]),
  ...(isEmpty(route.request.query) ? [] : [400, 422]),
];

const isEmpty = (schema: z.core.$ZodType) =>
  schema instanceof z.core.$ZodObject && Object.keys(schema._zod.def.shape).length === 0;

const objectOrNone = (schema: z.core.$ZodType) =>
  schema instanceof z.core.$ZodObject && !isEmpty(schema) ? schema : undefined;

function operationOf(route: Route): ZodOpenApiOperationObject {
  const { operationId, summary, method, scope, request, answers, problems } = route;
  const path = objectOrNone(request.path);
  const query = objectOrNone(request.query);
  const header = objectOrNone(request.headers);
  const statuses = [...new Set([...ofReading(route), ...problems])].sort();
  // Responses to HEAD have the headers of those to GET, and no body.
  const content = (type: string, schema: z.core.$ZodType) =>
    method === "head" ? {} : { content: { [type]: { schema } } };
  return {
    operationId,
    summary,
    // Which of them holds is a setting of the environment: authorization = "none", "iam" or "jwt".
    security: scope === undefined ? [] : [{}, { iam: [] }, { jwt: [scope] }],
    requestParams: { ...(path && { path }), ...(query && { query }), ...(header && { header }) },
    ...(readsBody(route) && {
      requestBody: { required: true, content: { "application/json": { schema: request.body } } },
    }),
    responses: {
      ...Object.fromEntries(
        Object.entries(answers).map(([status, { description, headers = {}, body }]) => [
          status,
          {
            description,
            headers: Object.fromEntries(
              Object.entries(headers).map(([name, text]) => [
                name,
                { description: text, required: true, schema: { type: "string" as const } },
              ]),
            ),
            ...(body && content("application/json", body)),
          },
        ]),
      ),
      ...Object.fromEntries(
        (scope === undefined ? [] : [401, 403]).map((status) => [
          String(status),
          { description: meanings[status] ?? "", ...content("application/json", refusal) },
        ]),
      ),
      ...Object.fromEntries(
        statuses.map((status) => [
          String(status),
          {
            description: meanings[status] ?? "",
            ...content("application/problem+json", problem),
          },
        ]),
      ),
    },
  };
}

/** The API as an OpenAPI 3.1 document, made from the schemas that validate its requests and answers. */
export function openApiDocument() {
  const paths: ZodOpenApiPathsObject = {};
  for (const route of routes)
    paths[route.path] = { ...paths[route.path], [route.method]: operationOf(route) };
  return createDocument({
    openapi: "3.1.0",
    info: {
      title: "Tasks",
      version: apiVersion,
      description: "Hand in work, get an answer at once, and ask later how it went.",
    },
    // Relative to this document, wherever it is served.
    servers: [{ url: "./" }],
    paths,
    components: {
      securitySchemes: {
        iam: {
          type: "apiKey",
          in: "header",
          name: "Authorization",
          description: "AWS Signature Version 4, service execute-api",
        },
        jwt: { type: "http", scheme: "bearer", bearerFormat: "JWT" },
      },
    },
  });
}
