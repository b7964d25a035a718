import * as z from "zod";
import type { Caller } from "./caller";

/**
 * What the HTTP API says of a request, in payload format 2.0:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
const invoke = z.object({
  event: z.object({
    requestContext: z.object({
      /** Names the request in the API's access log too. */
      requestId: z.string(),
      authorizer: z
        .object({
          iam: z.object({ userArn: z.string() }).optional().catch(undefined),
          jwt: z
            .object({ claims: z.object({ sub: z.string() }) })
            .optional()
            .catch(undefined),
        })
        .optional()
        .catch(undefined),
    }),
  }),
});

/** The caller that the HTTP API's authorization has found; all callers are one where there is none. */
export function callerOfInvoke(current: unknown): Caller {
  const { requestId, authorizer } = invoke.parse(current).event.requestContext;
  return { requestId, principal: authorizer?.iam?.userArn ?? authorizer?.jwt?.claims.sub ?? "anyone" };
}
