import { routes } from "../routes";
import { defaultRouteKey, routeKey } from "../routes/route-key";

/**
 * The route that an HTTP API selects: the one with this very method and path, where `{id}` is any one segment, or else
 * `$default`. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 */
export function matchRouteKey(method: string, path: string): string {
  const found = routes.find((route) => route.method.toUpperCase() === method && matches(route.path, path));
  return found === undefined ? defaultRouteKey : routeKey(found);
}

function matches(pattern: string, path: string): boolean {
  const [wanted, given] = [pattern.split("/"), path.split("/")];
  return (
    wanted.length === given.length &&
    wanted.every((segment, at) => (segment.startsWith("{") ? given[at] !== "" : segment === given[at]))
  );
}
