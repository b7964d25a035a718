import serverlessExpress from "@codegenie/serverless-express";
import type { APIGatewayProxyEventV2, APIGatewayProxyResultV2, Context } from "aws-lambda";
import type { Express, Request, Response } from "express";
import { httpApiEvent } from "./http-api-event";
import { endUnwritten } from "./unwritten-answer";

const isCompressed = ({ headers }: { readonly headers: Readonly<Record<string, unknown>> }) =>
  headers["content-encoding"] !== undefined;

/**
 * Hands events of the HTTP API to an Express application.
 * @returns a handler of two parameters, so that Lambda waits for the promise and not for a callback
 */
export function answerEvents(app: Express) {
  const answer = serverlessExpress<APIGatewayProxyEventV2, APIGatewayProxyResultV2>({
    app,
    // Not to be found out anew for each event.
    eventSourceName: "AWS_API_GATEWAY_V2",
    eventSource: httpApiEvent,
    framework: {
      // serverless-express waits for the promise, which its types do not say.
      // eslint-disable-next-line @typescript-eslint/no-misused-promises
      sendRequest: ({ request, response }: { request: Request; response: Response }) => {
        const hasEnded = endUnwritten(response);
        app(request, response);
        return hasEnded();
      },
    },
    // All is text but for what is compressed.
    binarySettings: { isBinary: isCompressed },
  });
  return (event: APIGatewayProxyEventV2, context: Context): Promise<APIGatewayProxyResultV2> =>
    answer(event, context, () => undefined) as Promise<APIGatewayProxyResultV2>;
}
