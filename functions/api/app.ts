import express, { type Express } from "express";
import type { Caller } from "./caller";
import { docsPages, type DocsAssets } from "./docs/docs-pages";
import { noteCaller } from "./middleware/caller";
import { jsonBody } from "./middleware/json-body";
import { problemAnswers } from "./middleware/problem-answers";
import { requestLog } from "./middleware/request-log";
import { securityHeaders } from "./middleware/security-headers";
import { serveRoute } from "./middleware/serve-route";
import { methodNotAllowed, noSuchResource } from "./problems";
import { routes } from "./routes";
import { readsBody } from "./routes/define-route";
import type { RouteContext } from "./routes/route";
import { TaskService, type TaskServiceDependencies } from "./services/task-service";

export interface AppDependencies extends TaskServiceDependencies {
  readonly service: RouteContext["service"];
  readonly docsAssets: DocsAssets;
  /** Who sent the request that is being answered. */
  readonly currentCaller: () => Caller;
}

/** The API as an Express application; it knows neither Lambda nor AWS. */
export function createApp(dependencies: AppDependencies): Express {
  const { service, log, currentCaller, docsAssets } = dependencies;
  const context: RouteContext = { service, tasks: new TaskService(dependencies) };

  const app = express().disable("x-powered-by").disable("etag");
  app.use(noteCaller(currentCaller), requestLog(log), securityHeaders(onlyData));
  for (const route of routes) {
    app[route.method](
      expressPath(route.path),
      ...(readsBody(route) ? [jsonBody] : []),
      serveRoute(route, context),
    );
  }
  app.use(docsPages(docsAssets));
  for (const path of new Set(routes.map((route) => route.path))) {
    const allow = allowedMethods(path);
    // Not app.all(), which makes a handler for each of thirty methods.
    app.route(expressPath(path)).all(() => {
      throw methodNotAllowed(allow);
    });
  }
  // Without a last word of our own, serverless-express would answer an unmatched path with a 500.
  app.use(() => {
    throw noSuchResource();
  });
  return app.use(problemAnswers(log));
}

/** An answer of the API is data: a browser that is made to show it as a page shall do nothing with it. */
const onlyData = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
  },
};

/** `/tasks/{id}` in Express's words: `/tasks/:id` */
const expressPath = (path: string) => path.replace(/\{(\w+)\}/g, ":$1");

/** Express answers HEAD where it answers GET. */
const allowedMethods = (path: string) =>
  routes
    .filter((route) => route.path === path)
    .flatMap(({ method }) => (method === "get" ? ["GET", "HEAD"] : [method.toUpperCase()]))
    .join(", ");
