import type { Router, RouterOptions } from "express";
import { sendRequests, paths, type ClientRequest } from "./client";
import { outcomeOf, type Program, type Programs, type Tools } from "../program";
import { member, pass, sendMethod, serving } from "./builders";

/** A program with a router below `/at/:parent`. */
const mounting = (
  fill: (router: Router, tools: Tools) => unknown,
  shows: unknown,
  requests: readonly ClientRequest[],
  options: RouterOptions = {},
): Program =>
  serving(
    (tools) => {
      const router = tools.express.Router(options);
      fill(router, tools);
      return tools.express().use("/at/:parent", router);
    },
    shows,
    ...requests,
  );

const withOptions = (options: RouterOptions, shows: unknown) =>
  mounting(
    (router) => router.get("/Path", (request, response) => void response.json(request.params)),
    shows,
    paths("/at/1/Path", "/at/1/path", "/at/1/Path/"),
    options,
  );

/** A route without a router; the types do not declare its constructor. */
const newRoute = ({ express }: Tools, path: string) =>
  Reflect.construct(Reflect.get(express, "Route") as new () => object, [path]) as object;

export const routingPrograms: Programs = {
  "app.get: patterns of paths": serving(
    ({ express }) => {
      const app = express();
      const lists = [/^\/re(\d+)$/, ["/l1", "/l2"]];
      for (const path of ["/literal", "/:year-:month", "/files/*path", "/optional{/:part}", ...lists])
        app.get(path, (request, response) => void response.json([String(path), request.params]));
      return app;
    },
    [
      '["/literal",{}]',
      '["/:year-:month",{"year":"2026","month":"01"}]',
      '["/files/*path",{"path":["a","b/c"]}]',
      '["/optional{/:part}",{}]',
      '["/optional{/:part}",{"part":"x"}]',
      '["/^\\\\/re(\\\\d+)$/",{"0":"42"}]',
      '["/l1,/l2",{}]',
      404,
    ],
    ...paths(
      "/LITERAL/",
      "/2026-01",
      "/files/a/b%2Fc",
      "/optional",
      "/optional/x",
      "/re42",
      "/l2",
      "/no/thing",
    ),
  ),
  "app.get: invalid patterns": {
    run: ({ express }) =>
      ["/a*", "/:", "/a(b)", "/a?", "/{a"].map((path) => outcomeOf(() => express().get(path, sendMethod))),
    shows: ["/a*", "/:", "/a(b)", "/a?", "/{a"].map((originalPath) => ({ originalPath, name: "TypeError" })),
  },
  "app.get: names in Unicode": serving(
    ({ express }) =>
      express().get(
        "/:stra\u00dfe/:\u4e2d$_1\u0663",
        (request, response) => void response.json(request.params),
      ),
    [{ body: '{"stra\u00dfe":"a","\u4e2d$_1\u0663":"b"}' }],
    ...paths("/a/b"),
  ),
  "app.get: handlers in a row": serving(
    ({ express }) => express().get("/", [pass("a"), [pass("b")] as never], pass("c"), sendMethod),
    [{ body: "GET", headers: { "x-passed": "a, b, c" } }],
  ),
  "express.Router": {
    run: ({ express }) => {
      const Router = express.Router as unknown as new () => Router;
      return [
        typeof express.Router(),
        typeof new Router(),
        Object.getPrototypeOf(express.Router()) === Router.prototype,
      ];
    },
    shows: ["function", "function", false],
  },
  "express.Router: no options": withOptions({}, ["{}", "{}", "{}"]),
  "express.Router: mergeParams": withOptions({ mergeParams: true }, [
    '{"parent":"1"}',
    '{"parent":"1"}',
    '{"parent":"1"}',
  ]),
  "express.Router: caseSensitive": withOptions({ caseSensitive: true }, ["{}", 404, "{}"]),
  "express.Router: strict": withOptions({ strict: true }, ["{}", "{}", 404]),
  "Router.use": mounting(
    (router, { express }) =>
      router
        .use(pass("all"))
        .use("/sub", pass("sub"), express.Router().use(sendMethod))
        .use(() => {
          throw new Error("from the router");
        }),
    [{ body: "GET", headers: { "x-passed": "all, sub" } }, 500],
    paths("/at/1/sub/x", "/at/1/other"),
  ),
  "Router.use: to the next router": serving(
    ({ express }) => {
      const left = express.Router().use((_request, _response, next) => {
        next("router");
      }, sendMethod);
      return express().use(left, pass("next router"), sendMethod);
    },
    [{ body: "GET", headers: { "x-passed": "next router" } }],
  ),
  "Router.route": mounting(
    (router) => router.route("/r").all(pass("all")).get(sendMethod).patch(sendMethod),
    [{ body: "GET", headers: { "x-passed": "all" } }, 404],
    [{ path: "/at/1/r" }, { method: "OPTIONS", path: "/at/1/r" }],
  ),
  "Router.all": mounting(
    (router) => router.all("/r", sendMethod),
    [{ body: "PURGE" }],
    [{ method: "PURGE", path: "/at/1/r" }],
  ),
  "Router.param": mounting(
    (router) =>
      router
        .param("id", (_request, response, next, value) => {
          response.set("X-Id", String(value));
          next();
        })
        .get("/:id", sendMethod),
    [{ body: "GET", headers: { "x-id": "7" } }],
    paths("/at/1/7"),
  ),
  "Router.handle": {
    run: ({ express }) => {
      const router = express.Router().get("/", (_request, response) => void response.end("handled"));
      return sendRequests(
        (request, response) =>
          member(router, "handle").call(router, request, response, () => response.end("not handled")),
        ...paths("/", "/other"),
      );
    },
    shows: [{ body: "handled" }, { body: "not handled" }],
  },
  "Router.listRoutes": {
    run: ({ express }) => {
      const router = express.Router().use("/sub", express.Router().get("/deep", sendMethod));
      router.route(["/a", "/b"]).get(sendMethod).post(sendMethod);
      const listed = member(router, "listRoutes").call(router) as readonly { readonly router?: unknown }[];
      return listed.map((route) => ({ ...route, router: typeof route.router }));
    },
    shows: [
      { path: "/sub", router: "function" },
      { path: "/a", methods: ["GET", "POST", "HEAD"] },
      { path: "/b", methods: ["GET", "POST", "HEAD"] },
    ],
  },
  "Route.all": serving(
    ({ express }) => {
      const app = express();
      app.route("/r").all(pass("all"), sendMethod);
      return app;
    },
    [{ body: "REPORT", headers: { "x-passed": "all" } }],
    { method: "REPORT", path: "/r" },
  ),
  "Route.dispatch": serving(
    (tools) => {
      const route = newRoute(tools, "/r");
      member(route, "get").call(route, pass("dispatched"), sendMethod);
      return tools.express().use((...given) => void member(route, "dispatch").apply(route, given));
    },
    [{ body: "GET", headers: { "x-passed": "dispatched" } }],
  ),
  "express.Route": {
    run: (tools) => Reflect.get(newRoute(tools, "/r"), "path") as unknown,
    shows: "/r",
  },
};
