import { readFile } from "node:fs";
import { join } from "node:path";
import type { Express } from "express";
import { paths } from "./client";
import { outcomeOf, type Programs, type Tools } from "../program";
import { serving } from "./builders";

type Done = (error: unknown, rendered?: string) => void;

/** An engine that replaces names in braces by their values. */
const braces = (path: string, values: object, done: Done): void => {
  readFile(path, "utf8", (error, text) => {
    if (error !== null) done(error);
    else
      done(
        null,
        text.replace(/\{(\w+)\}/g, (_all, name: string) => String(Reflect.get(values, name))),
      );
  });
};

const viewed = ({ express, folder }: Tools): Express =>
  express().set("views", join(folder, "views")).engine("braces", braces).set("view engine", "braces");

const render = (app: Express, view: string, options: object = {}): Promise<unknown> =>
  new Promise((resolve) => {
    app.render(view, options, (error: Error | null, text) => {
      resolve(error === null ? text : error.message.replace(/".*/, ""));
    });
  });

/** The code of an error and the first line of its message. The other lines depend on the files that load the module. */
function messageOf(work: () => void): unknown {
  try {
    work();
    return undefined;
  } catch (error) {
    return error instanceof Error ? [Reflect.get(error, "code"), error.message.split("\n")[0]] : error;
  }
}

export const viewPrograms: Programs = {
  "app.engine": {
    run: async (tools) => [
      await render(viewed(tools).engine(".other", braces), "page.other", { name: "x" }),
      outcomeOf(() => viewed(tools).engine("none", undefined as never)),
    ],
    shows: ["Other x\n", { message: "callback function required" }],
  },
  "app.engine: by the extension's name": {
    run: async ({ express, folder }) => {
      const app = express().set("views", join(folder, "views"));
      return [
        await render(app, "page.tiny-engine", { name: "x" }),
        messageOf(() => {
          app.render("page.no-such-engine", () => undefined);
        }),
      ];
    },
    shows: ["by tiny-engine: x", ["MODULE_NOT_FOUND", "Cannot find module 'no-such-engine'"]],
  },
  "app.render": {
    run: async (tools) => {
      const app = viewed(tools);
      app.locals.name = "local";
      return [
        await render(app, "page"),
        await render(app, "page.braces", { name: "option" }),
        await render(app, "page", { _locals: { name: "of the response" } }),
        await render(app, "none"),
        await render(app.set("views", ["nowhere", app.get("views")]), "sub/page", { name: "sub" }),
      ];
    },
    shows: [
      "Hello, local!\n",
      "Hello, option!\n",
      "Hello, of the response!\n",
      "Failed to lookup view ",
      "Below: sub\n",
    ],
  },
  "app.render: no engine": {
    run: ({ express }) =>
      outcomeOf(() => {
        express().render("page", () => undefined);
      }),
    shows: { message: "No default engine was specified and no extension was provided." },
  },
  "res.render": serving(
    (tools) => {
      const app = viewed(tools);
      app.use((_request, response, next) => {
        response.locals.name = "local";
        next();
      });
      app.get("/", (_request, response) => {
        response.render("page");
      });
      app.get("/option", (_request, response) => {
        response.render("page", { name: "option" });
      });
      app.get("/callback", (_request, response) => {
        response.render("page", (error: unknown, text?: string) => void response.json([error, text]));
      });
      app.get("/none", (_request, response) => {
        response.render("none");
      });
      return app;
    },
    ["Hello, local!\n", "Hello, option!\n", '[null,"Hello, local!\\n"]', 500],
    ...paths("/", "/option", "/callback", "/none"),
  ),
  "setting views": {
    run: (tools) =>
      render(viewed(tools).set("views", join(tools.folder, "views", "sub")), "page", { name: 1 }),
    shows: "Below: 1\n",
  },
  "setting view engine": {
    run: (tools) => render(viewed(tools).set("view engine", ".braces"), "page", { name: "x" }),
    shows: "Hello, x!\n",
  },
  "setting view cache": {
    run: async (tools) => {
      const app = viewed(tools).enable("view cache");
      const texts = [await render(app, "page", { name: 1 })];
      app.set("views", join(tools.folder, "nowhere"));
      return [...texts, await render(app, "page", { name: 2 }), await render(app, "page", { cache: false })];
    },
    shows: ["Hello, 1!\n", "Hello, 2!\n", "Failed to lookup view "],
  },
  "setting view": {
    run: (tools) => {
      class Mine {
        readonly path = "somewhere";
        constructor(readonly name: string) {}
        render(options: object, done: Done): void {
          done(null, `${this.name} ${Object.keys(options).sort().join()}`);
        }
      }
      return render(viewed(tools).set("view", Mine), "mine", { a: 1 });
    },
    shows: "mine a,cache,settings",
  },
};
