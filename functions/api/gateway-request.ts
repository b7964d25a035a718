import * as z from "zod/mini";
import type { Caller } from "./caller";

/** What is not there, or not so, counts as nothing. */
const ifThere = <Schema extends z.ZodMiniType>(schema: Schema) => z.catch(z.optional(schema), undefined);

/**
 * What the HTTP API says of a request, in payload format 2.0:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
const invoke = z.object({
  event: z.object({
    requestContext: z.object({
      /** Names the request in the API's access log too. Only who invokes the function by hand may give none. */
      requestId: z.catch(z.string(), "unnamed"),
      authorizer: ifThere(
        z.object({
          iam: ifThere(z.object({ userArn: z.string() })),
          jwt: ifThere(z.object({ claims: z.object({ sub: z.string() }) })),
        }),
      ),
    }),
  }),
});

/** The caller that the HTTP API's authorization has found; all callers are one where there is none. */
export function callerOfInvoke(current: unknown): Caller {
  const { requestId, authorizer } = invoke.parse(current).event.requestContext;
  return { requestId, principal: authorizer?.iam?.userArn ?? authorizer?.jwt?.claims.sub ?? "anyone" };
}
