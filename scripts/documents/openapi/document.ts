import * as z from "zod";
import { name as projectName } from "../../../package.json";
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from "zod-openapi";
import { routes } from "@serverless-tasks/functions/api/routes";
import { hasBody } from "@serverless-tasks/functions/api/routes/define-route";
import {
  problemTypes,
  problemTypeUri,
  type ProblemCode,
} from "@serverless-tasks/functions/api/http/problem-types";
import type { Route } from "@serverless-tasks/functions/api/routes/route";

/** `order-service` → `Order service` */
const titleOf = (name: string) => `${name.slice(0, 1).toUpperCase()}${name.slice(1).replaceAll("-", " ")}`;

/** The version of the API. A breaking change needs a new major version. */
export const apiVersion = "1.0.0";

const problemCodes = Object.keys(problemTypes) as ProblemCode[];

const problem = z
  .object({
    type: z
      .enum(problemCodes.map(problemTypeUri))
      .describe("The problem's type. GET this path for its description."),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string().describe("The request's id."),
    errors: z
      .array(z.object({ pointer: z.string(), detail: z.string() }))
      .optional()
      .describe(
        "The errors in the request, each with a JSON pointer into the body, ?name for a query parameter, or the name of a header.",
      ),
  })
  .meta({ id: "Problem", description: "RFC 9457" });

/** The response of API Gateway to an unauthorized request. */
const refusal = z
  .object({ message: z.string() })
  .meta({ id: "Refusal", description: "A response of API Gateway itself." });

const refusals = {
  401: "The request has no valid token. Only with authorization by JWT.",
  403: "JWT: the token lacks the operation's scope. IAM: the signature is missing or invalid, or the caller's policies do not allow the operation.",
};

/** Problems of parsing a request, which every operation has. */
const requestProblems = (route: Route): ProblemCode[] => [
  ...(hasBody(route)
    ? ([
        "invalid-utf8",
        "invalid-json",
        "body-too-large",
        "unsupported-media-type",
        "invalid-request",
      ] as const)
    : []),
  ...(isEmpty(route.request.headers) ? [] : (["invalid-header"] as const)),
  ...(isEmpty(route.request.query) ? [] : (["invalid-utf8", "invalid-request"] as const)),
];

/** The codes of an operation's problems by status, as a description: "`invalid-json`, `invalid-utf8`". */
function problemDescriptions(route: Route): Map<number, string> {
  const descriptions = new Map<number, string>();
  for (const code of new Set([...requestProblems(route), ...route.problems].sort())) {
    const { status } = problemTypes[code];
    const others = descriptions.get(status);
    descriptions.set(status, `${others === undefined ? "" : `${others}, `}\`${code}\``);
  }
  return descriptions;
}

const isEmpty = (schema: z.core.$ZodType) =>
  schema instanceof z.core.$ZodObject && Object.keys(schema._zod.def.shape).length === 0;

const objectOrNone = (schema: z.core.$ZodType) =>
  schema instanceof z.core.$ZodObject && !isEmpty(schema) ? schema : undefined;

function operationOf(route: Route): ZodOpenApiOperationObject {
  const { operationId, summary, method, scope, request, responses } = route;
  const path = objectOrNone(request.path);
  const query = objectOrNone(request.query);
  const header = objectOrNone(request.headers);
  // Responses to HEAD have the headers of those to GET, and no body.
  const content = (type: string, schema: z.core.$ZodType) =>
    method === "head" ? {} : { content: { [type]: { schema } } };
  return {
    operationId,
    summary,
    // Which of them applies is a setting of the environment: authorization = "none", "iam" or "jwt".
    security: scope === undefined ? [] : [{}, { iam: [] }, { jwt: [scope] }],
    requestParams: { ...(path && { path }), ...(query && { query }), ...(header && { header }) },
    ...(hasBody(route) && {
      requestBody: { required: true, content: { "application/json": { schema: request.body } } },
    }),
    responses: {
      ...Object.fromEntries(
        Object.entries(responses).map(([status, { description, headers = {}, body }]) => [
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
        Object.entries(scope === undefined ? {} : refusals).map(([status, description]) => [
          status,
          { description, ...content("application/json", refusal) },
        ]),
      ),
      ...Object.fromEntries(
        Array.from(problemDescriptions(route), ([status, description]) => [
          String(status),
          { description, ...content("application/problem+json", problem) },
        ]),
      ),
    },
  };
}

/** The API as an OpenAPI 3.1 document, generated from the schemas that validate requests and responses. */
export function openApiDocument() {
  const paths: ZodOpenApiPathsObject = {};
  for (const route of routes)
    paths[route.path] = { ...paths[route.path], [route.method]: operationOf(route) };
  return createDocument({
    openapi: "3.1.0",
    info: {
      title: titleOf(projectName),
      version: apiVersion,
      description: "Asynchronous tasks: create a task, and read its state and result later.",
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
