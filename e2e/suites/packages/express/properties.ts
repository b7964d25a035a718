import type { Request, Response } from "express";
import { sendRequests } from "./client";
import { outcomeOf, type Program, type Programs } from "../program";
import { serving } from "./builders";

/** A program that reads a value of a request and its response in a router. */
const routed = (read: (request: Request, response: Response) => unknown, seen: unknown): Program =>
  serving(
    ({ express }) => {
      const router = express.Router({ mergeParams: true });
      router.get("/:id", (request, response) => void response.json(read(request, response)));
      return express().use("/at/:parent", router);
    },
    [{ status: 200, body: JSON.stringify(seen) }],
    { path: "/at/home/7?x=1" },
  );

/** Own properties of requests and responses. */
export const propertyPrograms: Programs = {
  "req.app": routed((request, response) => request.app === response.app, true),
  "req.baseUrl": routed(({ baseUrl }) => baseUrl, "/at/home"),
  "req.originalUrl": routed(({ originalUrl, url }) => [originalUrl, url], ["/at/home/7?x=1", "/7?x=1"]),
  "req.method": routed(({ method }) => method, "GET"),
  "req.params": routed(({ params }) => params, { parent: "home", id: "7" }),
  "req.route": routed(
    ({ route }) => [(route as { path: string }).path, Object.keys(route as object)],
    ["/:id", ["path", "stack", "methods"]],
  ),
  "req.res": routed((request, response) => request.res === response, true),
  "req.next": routed((request) => typeof request.next, "function"),
  "req.body": routed(({ body }) => typeof body, "undefined"),
  "res.app": routed((_request, { app }) => app.get("etag") as unknown, "weak"),
  "res.req": routed((request, response) => response.req === request, true),
  "res.locals": routed(
    (_request, { locals }) => [Object.getPrototypeOf(locals), Object.assign(locals, { a: 1 })] as unknown[],
    [null, { a: 1 }],
  ),
  "res.headersSent": {
    run: ({ express }) =>
      sendRequests(
        express().use((_request, response) => {
          const before = response.headersSent;
          response.write("x");
          response.end(JSON.stringify([before, response.headersSent]));
        }),
      ),
    shows: [{ body: "x[false,true]" }],
  },
  "res.redirect: deprecations": {
    run: async ({ express }) => {
      const heard: unknown[] = [];
      const listen = ({ name, namespace, message }: Error & { readonly namespace?: string }) =>
        heard.push({ name, namespace, message });
      process.on("deprecation" as never, listen as never);
      await sendRequests(
        express().use((_request, response) => {
          outcomeOf(() => {
            response.redirect(undefined as never);
          });
          if (!response.writableEnded) response.end();
        }),
      );
      process.off("deprecation", listen as never);
      return heard;
    },
    shows: [
      { namespace: "express", message: "Provide a url argument" },
      { namespace: "express", message: "Url must be a string" },
    ],
  },
};
