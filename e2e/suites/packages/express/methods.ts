import { METHODS } from "node:http";
import type express from "express";
import type { Express } from "express";
import { sendRequests } from "./client";
import { type Programs, type Tools } from "../program";
import { sendMethod } from "./builders";

/** Node's client gets no response to CONNECT. */
export const methods = METHODS.filter((method) => method !== "CONNECT");

/** An application, a router or a route: it has a function for each HTTP method. */
type Routes = Readonly<Record<string, (...given: unknown[]) => unknown>>;

/**
 * Programs that each add a handler of a method, and send requests with this method and others.
 * @param add returns the object to add the handler to, and the parameters before the handler
 */
const methodPrograms = (
  of: string,
  add: (app: Express, express: Tools["express"]) => readonly [routes: object, ...parameters: string[]],
): Programs =>
  Object.fromEntries(
    METHODS.map((method) => {
      const name = method.toLowerCase();
      const tried = methods.filter((each) => each === method || each === "PUT" || each === "PATCH");
      const run = ({ express }: Tools) => {
        const app = express();
        const [routes, ...parameters] = add(app, express);
        (routes as Routes)[name]?.(...parameters, sendMethod);
        return sendRequests(app, ...tried.map((method) => ({ method, path: "/path" })));
      };
      const shows = tried.map((each) =>
        each === method ? { status: 200, body: method === "HEAD" ? "" : method } : { status: 404 },
      );
      return [`${of}.${name}`, { run, shows }];
    }),
  );

const onRouter = (app: Express, { Router }: typeof express) => {
  const router = Router();
  app.use(router);
  return [router, "/path"] as const;
};

export const methodsPrograms: Programs = {
  ...methodPrograms("app", (app) => [app, "/path"]),
  ...methodPrograms("Router", onRouter),
  ...methodPrograms("Route", (app) => [app.route("/path")]),
};
