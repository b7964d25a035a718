import * as z from "zod/mini";
import type { Caller } from "../services/caller";
import { principalOf } from "../services/principal";
import { traceOf } from "../../shared/runtime/trace";
import { defaultRouteKey } from "../routes/route-key";

/** What the HTTP API states about a request. */
export interface GatewayRequest {
  readonly caller: Caller;
  /** The route that the HTTP API selected and authorized: `POST /tasks`, or `$default`. */
  readonly routeKey: string;
  /** Whether no API has received it: a release invokes the function itself. */
  readonly isDirect: boolean;
}

/** Missing or invalid entries are ignored. */
const optional = <Schema extends z.ZodMiniType>(schema: Schema) => z.catch(z.optional(schema), undefined);
const optionalString = optional(z.string());

/**
 * The request context of payload format 2.0:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
const gatewayEvent = z.object({
  headers: optional(z.object({ traceparent: optionalString, "x-amzn-trace-id": optionalString })),
  requestContext: z.object({
    /** API Gateway always sets it, and no client can leave it out. */
    apiId: z.optional(z.string()),
    /** The API's access log has it too. Only direct invocations of the function may lack it. */
    requestId: z.catch(z.string(), "unnamed"),
    /** A request without a route is none of an operation. */
    routeKey: z.catch(z.string(), defaultRouteKey),
    authorizer: optional(
      z.object({
        iam: optional(
          z.object({
            userArn: z.string(),
            cognitoIdentity: optional(z.object({ identityId: z.string() })),
          }),
        ),
        jwt: optional(
          z.object({
            claims: z.object({ iss: optionalString, sub: optionalString }),
          }),
        ),
      }),
    ),
  }),
});

/**
 * @param event of payload format 2.0
 * @param invocation Lambda's variable `_X_AMZN_TRACE_ID`
 */
export function readGatewayRequest(event: unknown, invocation?: string): GatewayRequest {
  const { headers = {}, requestContext } = gatewayEvent.parse(event);
  const { apiId, requestId, routeKey, authorizer } = requestContext;
  const { traceparent, "x-amzn-trace-id": xrayHeader } = headers;
  const trace = traceOf({ traceparent, xrayHeader, invocation });
  return {
    caller: { requestId, principal: principalOf(authorizer), ...trace },
    routeKey,
    isDirect: apiId === undefined,
  };
}
