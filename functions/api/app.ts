import express, { type Express } from "express";
import helmet from "helmet";
import { jsonBody } from "./middleware/json-body";
import { problemAnswers } from "./middleware/problem-answers";
import { requestId } from "./middleware/request-id";
import { requestLog } from "./middleware/request-log";
import { methodNotAllowed, noSuchResource } from "./problems";
import { routes } from "./routes";
import type { RouteContext } from "./routes/route";
import { TaskService, type TaskServiceDependencies } from "./services/task-service";

export interface AppDependencies extends TaskServiceDependencies {
  readonly service: RouteContext["service"];
  /** The id of the request that is being answered. */
  readonly currentRequestId: () => string;
}

/** The API as an Express application; it knows neither Lambda nor AWS. */
export function createApp(dependencies: AppDependencies): Express {
  const { service, log, currentRequestId } = dependencies;
  const context: RouteContext = { service, tasks: new TaskService(dependencies) };

  const app = express().disable("x-powered-by").disable("etag");
  app.use(requestId(currentRequestId), requestLog(log), helmet());
  for (const { method, path, hasBody, answer } of routes) {
    app[method](path, ...(hasBody ? jsonBody : []), (request, response) =>
      answer(request, response, context),
    );
  }
  for (const path of new Set(routes.map((route) => route.path))) {
    const allow = allowedMethods(path);
    app.all(path, () => {
      throw methodNotAllowed(allow);
    });
  }
  // Without a last word of our own, serverless-express would answer an unmatched path with a 500.
  app.use(() => {
    throw noSuchResource();
  });
  return app.use(problemAnswers(log));
}

/** Express answers HEAD where it answers GET. */
const allowedMethods = (path: string) =>
  routes
    .filter((route) => route.path === path)
    .flatMap(({ method }) => (method === "get" ? ["GET", "HEAD"] : [method.toUpperCase()]))
    .join(", ");
