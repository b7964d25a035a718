import type { Router } from "express";
import { methodNotAllowed, Problem } from "./problems";
import type { Route } from "../routes/route";
import { exactRouter, expressPath } from "./exact-router";

/** Refuses what no operation served: 405 for other methods of the operations' paths, 404 for all else. */
export function notFoundHandler(routes: readonly Route[]): Router {
  const router = exactRouter();
  for (const path of new Set(routes.map((route) => route.path))) {
    const methods = routes.filter((route) => route.path === path).map(({ method }) => method.toUpperCase());
    // Not router.all(), which creates a handler for each of thirty methods.
    router.route(expressPath(path)).all(({ method }, _response, next) => {
      if (methods.includes(method)) next();
      else throw methodNotAllowed(methods.join(", "));
    });
  }
  // Without this handler, Express would respond to an unmatched path with a page.
  router.use(() => {
    throw new Problem("resource-not-found");
  });
  return router;
}
