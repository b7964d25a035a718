import { once } from "node:events";
import type { AddressInfo } from "node:net";
import type { RequestHandler } from "express";
import { sendRequests, fetchFrom, paths } from "./client";
import { methods } from "./methods";
import { described, outcomeOf, type Programs } from "../program";
import { member, pass, sendMethod, serving } from "./builders";

const throwing =
  (error: Error): RequestHandler =>
  () => {
    throw error;
  };
const nextWith =
  (value: unknown): RequestHandler =>
  (_request, _response, next) => {
    next(value);
  };

/** An application without an error handler; the second request has no route. */
const unhandled = (env: string, shows: unknown) =>
  serving(
    ({ express }) => {
      const pot = Object.assign(new Error("no <tea>"), { status: 418, headers: { "X-Pot": "short" } });
      pot.stack = "no <tea>\n  at a pot";
      const app = express().set("env", env).get("/pot", nextWith(pot));
      // Without `next`, so that the error handler of the programs is not used.
      return express()
        .set("env", env)
        .use((...given) => void Reflect.apply(app, undefined, given.slice(0, 2)));
    },
    shows,
    ...paths("/pot", "/<nothing>"),
  );

export const applicationPrograms: Programs = {
  "app.init": {
    run: ({ express }) => {
      const app = express();
      Object.assign(app.locals, { mine: 1 });
      member(app, "init").call(app);
      return { locals: Object.keys(app.locals), settings: app.settings as unknown };
    },
    shows: { locals: ["settings"], settings: { "x-powered-by": true, etag: "weak" } },
  },
  "app.defaultConfiguration": {
    run: ({ express }) => {
      const app = express().set("subdomain offset", 9).disable("x-powered-by");
      member(app, "defaultConfiguration").call(app);
      return ["subdomain offset", "x-powered-by", "env"].map((name) => app.get(name) as unknown);
    },
    shows: [2, true, "test"],
  },
  "app.handle": {
    run: ({ express }) => {
      const app = express().get("/", sendMethod);
      const done = (error: unknown) => JSON.stringify(described(error));
      return sendRequests(
        (request, response) =>
          member(app, "handle").call(app, request, response, (error: unknown) => response.end(done(error))),
        ...paths("/", "/nothing", "/%"),
      );
    },
    shows: [{ body: "GET" }, { body: "{}" }, { body: "{}" }],
  },
  "app.use": serving(
    ({ express }) =>
      express()
        .use(pass("all"), [pass("listed"), [pass("nested")] as never])
        .use(["/a", "/b/:id"], pass("under a or b"))
        .use(
          "/a",
          express().get("/deep", (request, response) => void response.send(request.baseUrl)),
        ),
    [
      { status: 200, body: "/a", headers: { "x-passed": "all, listed, nested, under a or b" } },
      { status: 404, headers: { "x-passed": "all, listed, nested, under a or b" } },
      { status: 404, headers: { "x-passed": "all, listed, nested" } },
    ],
    ...paths("/a/deep", "/b/1/2", "/ab"),
  ),
  "app.use: without a function": {
    run: ({ express }) => outcomeOf(() => express().use("/" as never)),
    shows: { name: "TypeError", message: "app.use() requires a middleware function" },
  },
  "app.use: errors": serving(
    ({ express }) =>
      express()
        .get("/thrown", throwing(new RangeError("thrown")))
        .get("/rejected", () => Promise.reject(new Error("rejected")))
        .get("/passed", nextWith("a string"))
        .get("/route", nextWith("route"), pass("not reached"))
        .get("/route", sendMethod),
    [
      { status: 500, body: '{"name":"RangeError","message":"thrown"}' },
      { status: 500, body: '{"name":"Error","message":"rejected"}' },
      { status: 500, body: '{"thrown":"a string"}' },
      { status: 200, body: "GET" },
    ],
    ...paths("/thrown", "/rejected", "/passed", "/route"),
  ),
  "app.use: unhandled errors in production": unhandled("production", [
    { status: 418, headers: { "x-pot": "short", "content-security-policy": "default-src 'none'" } },
    404,
  ]),
  "app.use: unhandled errors in development": unhandled("development", [418, 404]),
  "app.route": serving(
    ({ express }) => {
      const app = express();
      const route = app.route("/things/:id").all(pass("all"));
      route.get((request, response) => void response.json(request.params)).put(sendMethod);
      return app;
    },
    [{ body: '{"id":"1"}', headers: { "x-passed": "all" } }, { body: "PUT" }, 404],
    ...["GET", "PUT", "DELETE"].map((method) => ({ method, path: "/things/1" })),
  ),
  "app.options: without a handler": serving(
    ({ express }) => express().get("/a", sendMethod).put("/a", sendMethod),
    [{ body: "GET, HEAD, PUT", headers: { allow: "GET, HEAD, PUT" } }, 404],
    { method: "OPTIONS", path: "/a" },
    { method: "OPTIONS", path: "/b" },
  ),
  "app.param": serving(
    ({ express }) =>
      express()
        .param("id", (_request, response, next, value, name) => {
          response.append("X-Passed", `${name}=${String(value)}`);
          next(value === "bad" ? new TypeError("bad id") : undefined);
        })
        .param(["a", "b"], (request, _response, next, value, name) => {
          Object.assign(request.params, { [name]: Number(value) });
          next();
        })
        .use("/:id", (_request, _response, next) => {
          next();
        })
        .get(["/:id", "/:a/:b"], (request, response) => void response.json(request.params)),
    [
      { body: '{"id":"7"}', headers: { "x-passed": "id=7" } },
      { status: 500, body: '{"name":"TypeError","message":"bad id"}' },
      { body: '{"a":1,"b":2}' },
      { status: 400 },
    ],
    ...paths("/7", "/bad", "/1/2", "/%zz"),
  ),
  "app.all": serving(
    ({ express }) => express().all("/all", sendMethod),
    methods.map((method) => ({ status: 200, body: method === "HEAD" ? "" : method })),
    ...methods.map((method) => ({ method, path: "/all" })),
  ),
  "app.listen": {
    run: async ({ express }) => {
      const server = express().get("/", sendMethod).listen(0, "127.0.0.1");
      await once(server, "listening");
      const { port } = server.address() as AddressInfo;
      const failed = new Promise((resolve) => express().listen(port, "127.0.0.1", resolve));
      const { code } = (await failed) as NodeJS.ErrnoException;
      const response = await fetchFrom(port, {});
      server.close();
      return [response, code];
    },
    shows: [{ body: "GET" }, "EADDRINUSE"],
  },
};
