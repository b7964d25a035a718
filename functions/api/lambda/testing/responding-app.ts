import express, { type ErrorRequestHandler, type Express, type Request } from "express";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { brotliCompressSync } from "node:zlib";

/** Of a connection, and not of a request or a response. */
export const ofConnection = new Set(["connection", "keep-alive", "transfer-encoding", "date"]);

/**
 * An application with a route for each way to respond. The settings `order` and `finished` record the order of events.
 */
export function createApp(): Express {
  const app = express();
  app.get("/empty", (_request, response) => void response.status(204).send("not sent"));
  app.get("/not-modified", (_request, response) => void response.status(304).end("not sent"));
  app.get("/cookies", (_request, response) => void response.cookie("a", "1").cookie("b", "2").send("set"));
  app.get("/values", (_request, response) => void response.set("X-Many", ["1", "2"]).send("two"));
  app.get("/moved", (_request, response) => {
    response.redirect("/elsewhere?a=1");
  });
  app.get("/bytes", (_request, response) => void response.send(Buffer.from([0xc3, 0xa4])));
  app.get("/compressed", (_request, response) => {
    response.set("Content-Encoding", "br").send(brotliCompressSync("text"));
  });
  app.get("/file", (_request, response) => {
    response.sendFile(__filename);
  });
  app.get("/parts", (_request, response) => {
    response.write("one ");
    response.write(Buffer.from("two "), () => {
      response.end("\u00e4", "latin1");
    });
  });
  app.get("/stream", (_request, response) => void Readable.from(["one ", "\u00e4"]).pipe(response));
  app.get("/latin1", (_request, response) => void response.end("\u00e4", "latin1"));
  app.get("/hex", (_request, response) => void response.end("c3a4", "hex"));
  app.get("/write-head", (_request, response) => {
    response.writeHead(201, "Fine", { "X-Early": ["yes", "no"], "Set-Cookie": ["a=1", "b=2"] }).end("late");
  });
  app.get("/write-head-list", (_request, response) => {
    response.writeHead(201, ["X-Early", "yes", "X-Other", "1"]).end();
  });
  app.get("/flushed", (_request, response) => {
    response.flushHeaders();
    response.end(String(response.headersSent));
  });
  app.get("/callback", (_request, response) => {
    const order = ["before"];
    response.write("one ", () => order.push("written"));
    response.end(() => response.app.set("order", [...order, "ended"]));
    order.push("after");
  });
  app.get("/finished", (_request, response) => {
    const state = () => [response.headersSent, response.writableEnded, response.writableFinished];
    const before = state();
    response.end("once");
    response.end();
    // Listeners are called later than `end` returns.
    response.on("finish", () => response.app.set("finished", [before, state()]));
  });
  app.get("/no-chunk", (_request, response) => void response.end(1 as unknown as string));
  app.get("/null", (_request, response) => {
    response.write(null);
  });
  app.get("/hooked", (_request, response) => {
    const writeHead = response.writeHead.bind(response);
    // As sessions do.
    Object.assign(response, { writeHead: (status: number) => writeHead(status, { "X-Hook": "yes" }) });
    response.send("hooked");
  });
  app.get("/wrong-status", (_request, response) => {
    response.statusCode = 99;
    response.end("no status");
  });
  app.get("/thrown", () => {
    throw new Error("thrown");
  });
  app.get("/rejected", async () => {
    await Promise.reject(new Error("rejected"));
  });
  app.use(
    "/mounted",
    express().get("/", (_request, response) => void response.json({ mounted: true })),
  );
  app.post("/json", express.json(), (request, response) => void response.json(request.body));
  app.all("/seen{/*any}", async (request, response) => void response.json(await seen(request)));
  app.use(reportError);
  return app;
}

const seen = async (request: Request) => ({
  ...{ method: request.method, url: request.url, path: request.path, query: request.query },
  ...{
    ip: request.ip,
    version: request.httpVersion,
    host: request.get("Host"),
    cookie: request.get("cookie"),
  },
  headers: Object.entries(request.headers)
    .filter(([name]) => !ofConnection.has(name))
    .sort(),
  body: (await buffer(request)).toString("base64"),
});

// Express knows an error handler by its four parameters.
// oxlint-disable-next-line no-unused-vars
const reportError: ErrorRequestHandler = (error: NodeJS.ErrnoException, _request, response, _next) =>
  void response.status(500).json({ code: error.code, message: error.message });
