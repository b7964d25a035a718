import type { Route } from "./route";

/**
 * The HEAD operation of a GET operation: the same response without its body. It is a route with the scope of the GET,
 * because the HTTP API sends HEAD requests to no GET route.
 * https://www.rfc-editor.org/rfc/rfc9110#section-9.3.2
 */
export const headRoute = (get: Route): Route => ({
  ...get,
  method: "head",
  operationId: `${get.operationId}Head`,
  summary: `${get.summary}: headers only`,
});
