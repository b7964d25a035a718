import type { ErrorRequestHandler, Express, Request, RequestHandler, Response } from "express";
import { described, outcomeOf, type Program, type Tools } from "../program";
import { sendRequests, type ClientRequest } from "./client";

/** A program with an application that serves requests. */
export const serving = (
  appOf: (tools: Tools) => Express,
  shows: unknown,
  ...requests: readonly ClientRequest[]
): Program => ({ run: (tools) => sendRequests(withErrors(appOf(tools)), ...requests), shows });

/** A program with a handler for all requests. */
export const responding = (
  respond: (response: Response, request: Request, tools: Tools) => unknown,
  shows: unknown,
  ...requests: readonly ClientRequest[]
): Program => ({
  run: (tools) => {
    const app = tools.express().use((request, response) => void respond(response, request, tools));
    return sendRequests(withErrors(app), ...requests);
  },
  shows,
});

type Read = (request: Request, response: Response) => unknown;

/** A program that reads a value of each request; an error is a value, too. */
export const reading = (read: Read, shows: unknown, ...requests: readonly ClientRequest[]): Program => ({
  run: ({ express }) => valuesRead(express(), read, ...requests),
  shows,
});

export async function valuesRead(
  app: Express,
  read: Read,
  ...requests: readonly ClientRequest[]
): Promise<unknown[]> {
  const values: unknown[] = [];
  app.use((request, response) => {
    const value = outcomeOf(() => read(request, response));
    // As JSON, in which undefined is null.
    values.push(JSON.parse(JSON.stringify([value])));
    response.status(200).end();
  });
  await sendRequests(app, ...requests);
  return values.flat();
}

/** Adds an error handler that responds with a description of the error. */
export const withErrors = (app: Express): Express =>
  app.use(((error, _request, response, next) => {
    const { status } = error as { readonly status?: number };
    if (response.headersSent) next(error);
    else response.status(status ?? 500).json(described(error));
  }) satisfies ErrorRequestHandler);

/** A handler that adds a name to the header X-Passed and calls `next`. */
export const pass =
  (name: string): RequestHandler =>
  (_request, response, next) => {
    response.append("X-Passed", name);
    next();
  };

/** A handler that sends the request's method. */
export const sendMethod: RequestHandler = (request, response) => void response.send(request.method);

/** A method of an object that its type does not declare. */
export const member = (of: object, name: string) => Reflect.get(of, name) as (...given: unknown[]) => unknown;
