import { METHODS } from "node:http";
import type express from "express";
import type { Express } from "express";
import { ask } from "./client";
import { type Programs, type Tools } from "../program";
import { sendMethod } from "./builders";

/** Node's client has no response to CONNECT. */
export const methods = METHODS.filter((method) => method !== "CONNECT");

/** What has a function for each method of HTTP: an application, a router, a route. */
type Routes = Readonly<Record<string, (...given: unknown[]) => unknown>>;

/**
 * A program for each method: what it adds responds to that method, and to no other.
 * @param add gives an application something with routes, and the parameters in front of the handler
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
        return ask(app, ...tried.map((method) => ({ method, path: "/path" })));
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
