import { once } from "node:events";
import { sendRequests } from "./client";
import { type Programs } from "../program";
import { member, pass, valuesRead } from "./builders";

/** Properties of applications, and what mounted applications inherit. */
export const mountingPrograms: Programs = {
  "express.application": {
    run: ({ express }) => {
      const application = express.application as object;
      const app = express();
      const isInherited = (name: string) => Reflect.get(app, name) === Reflect.get(application, name);
      return [Object.keys(application).every(isInherited), Object.keys(application).includes("use")];
    },
    shows: [true, true],
  },
  "express.request": {
    run: ({ express }) => {
      const app = express();
      Object.assign(app.request, { shout: (text: string) => text.toUpperCase() });
      const inherits = Object.getPrototypeOf(app.request) === express.request;
      return valuesRead(app, (request) => [inherits, member(request, "shout")(request.path)], { path: "/a" });
    },
    shows: [[true, "/A"]],
  },
  "express.response": {
    run: ({ express }) => {
      const app = express();
      Object.assign(app.response, { shout: (text: string) => text.toUpperCase() });
      const inherits = Object.getPrototypeOf(app.response) === express.response;
      return valuesRead(app, (_request, response) => [inherits, member(response, "shout")("a")]);
    },
    shows: [[true, "A"]],
  },
  "app.request": { run: ({ express }) => Object.keys(express().request), shows: ["app"] },
  "app.response": { run: ({ express }) => Object.keys(express().response), shows: ["app"] },
  "app.locals": {
    run: ({ express }) => {
      const app = express();
      app.locals.title = "mine";
      return [Object.getPrototypeOf(app.locals), app.locals.title, Object.keys(app.locals)] as unknown[];
    },
    shows: [null, "mine", ["settings", "title"]],
  },
  "app.mountpath": {
    run: ({ express }) => {
      const [top, one, two] = [express(), express(), express()];
      top.use("/one", one).use(["/two", "/zwei"], two);
      return [top, one, two].map(({ mountpath }) => mountpath);
    },
    shows: ["/", "/one", ["/two", "/zwei"]],
  },
  "app.path": {
    run: ({ express }) => {
      const [top, child, grandchild] = [express(), express(), express()];
      top.use("/child", child.use("/grandchild", grandchild));
      return [top, child, grandchild].map((app) => app.path());
    },
    shows: ["", "/child", "/child/grandchild"],
  },
  "app.parent": {
    run: ({ express }) => {
      const [app, child] = [express(), express()];
      app.use(child);
      return Reflect.get(child, "parent") === app;
    },
    shows: true,
  },
  "app.on: mount": {
    run: ({ express }) => {
      const [app, child] = [express().set("trust proxy", true).set("a", 1), express()];
      const mounted: unknown[] = [];
      child.on("mount", (parent) => mounted.push(parent === app));
      app.use("/c", child);
      return [
        ...mounted,
        child.get("a"),
        child.enabled("trust proxy"),
        app.listenerCount("mount"),
      ] as unknown[];
    },
    shows: [true, 1, true, 1],
  },
  "app.settings": { run: ({ express }) => express().set("mine", 1).settings as unknown, shows: { mine: 1 } },
  "app.engines": {
    run: ({ express }) =>
      Object.keys(
        Reflect.get(
          express().engine("a", () => undefined),
          "engines",
        ) as object,
      ),
    shows: [".a"],
  },
  "app.cache": { run: ({ express }) => typeof Reflect.get(express(), "cache"), shows: "object" },
  "app.router": {
    run: ({ express }) => {
      const app = express();
      const router = Reflect.get(app, "router") as { readonly stack: readonly object[] };
      app.get("/", pass("x"));
      return [router.stack.length, router === Reflect.get(app, "router")];
    },
    shows: [1, true],
  },
  "app.on": {
    run: async ({ express }) => {
      const app = express();
      queueMicrotask(() => app.emit("mine", 1));
      return once(app as never, "mine");
    },
    shows: [1],
  },
  "app.use: an application in a plain server": {
    run: ({ express }) =>
      sendRequests(
        express().use(
          "/",
          express().use((_request, response) => void response.end("inner")),
        ),
      ),
    shows: [{ body: "inner", headers: { "x-powered-by": "Express" } }],
  },
};
