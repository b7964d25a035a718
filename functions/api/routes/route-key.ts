import type { Operation } from "./route";

/** The HTTP API's name of an operation's route: `POST /tasks/{id}/cancel`. */
export const routeKey = ({ method, path }: Pick<Operation, "method" | "path">) =>
  `${method.toUpperCase()} ${path}`;

/** The route of the requests that match no other route. */
export const defaultRouteKey = "$default";

/**
 * The routes of browsers' preflight requests, which carry no credentials. They exist where CORS is on and `$default`
 * has an authorizer: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
 */
export const preflightRouteKeys = ["OPTIONS /", "OPTIONS /{proxy+}"] as const;
