import serverlessExpress from "@codegenie/serverless-express";
import type { APIGatewayProxyEventV2, Context } from "aws-lambda";
import express, { type ErrorRequestHandler, type Request } from "express";
import { Readable } from "node:stream";
import { answerEvents } from "./answer-events";

/** Requests are read and answered as by serverless-express alone, whatever is known better here. */
const app = express().disable("x-powered-by");
const seen = ({ method, url, path, query, headers, body }: Request) => ({
  ...{ method, url, path, query },
  // serverless-express makes a number of the length, which Node never does.
  headers: Object.entries(headers)
    .map(([name, value]) => `${name}: ${String(value)}`)
    .sort(),
  body: Buffer.isBuffer(body) ? body.toString("base64") : String(body),
});
app.get("/empty", (_request, response) => void response.status(204).send("not sent"));
app.get("/known", (_request, response) => void response.status(304).end("not sent"));
app.get("/cookies", (_request, response) => void response.cookie("a", "1").cookie("b", "2").send("set"));
app.get("/values", (_request, response) => void response.set("X-Many", ["1", "2"]).send("two"));
app.get("/moved", (_request, response) => {
  response.redirect("/elsewhere?a=1");
});
app.get("/bytes", (_request, response) => void response.send(Buffer.from([0xc3, 0xa4])));
app.get("/compressed", (_request, response) => {
  response.set("Content-Encoding", "br").send(Buffer.from([0, 255, 1]));
});
app.get("/parts", (_request, response) => {
  response.write("one ");
  response.end("two");
});
app.get("/stream", (_request, response) => void Readable.from(["one ", "two"]).pipe(response));
app.get(
  "/head-first",
  (_request, response) => void response.writeHead(201, { "X-Early": "yes" }).end("late"),
);
app.get("/latin1", (_request, response) => void response.end("\u00e4", "latin1"));
app.get("/then", (_request, response) => void response.end("done", () => undefined));
app.get("/finished", (_request, response) => {
  response.on("finish", () => response.app.set("finished", response.writableEnded));
  response.end("once");
  response.end();
});
app.get("/late", (_request, response) => {
  response.send("sent");
  expect(() => response.set("X-Late", "yes")).toThrow(/after they are sent/);
  expect(response.headersSent).toBe(true);
});
app.get("/hooked", (_request, response) => {
  const writeHead = response.writeHead.bind(response);
  // As sessions and compression do, to have a last word.
  Object.assign(response, { writeHead: (status: number) => writeHead(status, { "X-Hook": "yes" }) });
  response.send("hooked");
});
app.get("/wrong-status", (_request, response) => {
  response.statusCode = 99;
  response.end("no status");
});
app.get("/said-otherwise", (_request, response) => {
  response.statusMessage = "Fine";
  response.end("fine");
});
app.get("/failed", (_request, response) => {
  response.emit("error", new URIError("failed"));
});
app.get("/failed-later", (_request, response) => {
  setImmediate(() => response.emit("error", new Error("failed")));
});
app.get("/thrown", () => {
  throw new Error("thrown");
});
app.all("/{*any}", (request, response) => void response.json(seen(request)));
// Express knows an error handler by its four parameters.
// eslint-disable-next-line @typescript-eslint/no-unused-vars
const told: ErrorRequestHandler = (error, _request, response, _next) =>
  void response.status(500).json({ told: error instanceof URIError });
app.use(told);

const tuned = answerEvents(app);
const plain = serverlessExpress<APIGatewayProxyEventV2>({ app, eventSourceName: "AWS_API_GATEWAY_V2" });

const event = (method: string, path: string, more: Partial<APIGatewayProxyEventV2> = {}) => {
  const [rawPath = "", rawQueryString = ""] = path.split("&&");
  const http = { method, path: rawPath, sourceIp: "192.0.2.1" };
  const headers = { host: "localhost", accept: "*/*" };
  return { rawPath, rawQueryString, headers, requestContext: { http }, ...more } as APIGatewayProxyEventV2;
};
const json = { "content-type": "application/json" };

test.each<[string, APIGatewayProxyEventV2]>([
  ["a request", event("GET", "/seen")],
  ["its query", event("GET", "/seen&&a=1&b=%20&b=#")],
  ["a path that the API has decoded", event("GET", "/seen/a?b=1#c&&d=2")],
  ["its cookies", event("GET", "/seen", { cookies: ["a=1", "b=2"] })],
  ["a body", event("POST", "/seen", { headers: json, body: '{"a":"\u00e4"}' })],
  ["an empty body", event("POST", "/seen", { headers: json, body: "" })],
  ["bytes", event("PUT", "/seen", { body: Buffer.from([0, 255]).toString("base64"), isBase64Encoded: true })],
  ["names in capitals", event("POST", "/seen", { headers: { "Content-Length": "9" }, body: "1" })],
  ["HEAD", event("HEAD", "/seen")],
  ["HEAD of parts", event("HEAD", "/parts")],
  ["OPTIONS", event("OPTIONS", "/cookies")],
  ...[
    ...["/empty", "/known", "/cookies", "/values", "/moved", "/bytes", "/compressed", "/parts", "/stream"],
    ...["/head-first", "/latin1", "/then", "/finished", "/late", "/thrown"],
    ...["/hooked", "/wrong-status", "/said-otherwise", "/failed"],
  ].map((path): [string, APIGatewayProxyEventV2] => [path, event("GET", path)]),
])("%s", async (_what, given) => {
  const answer = await tuned(given, {} as Context);
  const expected = await plain(given, {} as Context, () => undefined);
  // A number counts as the text that it becomes on the way.
  const headers = Object.entries(expected.headers).map(([name, value]) => [name, String(value)]);
  expect(answer).toEqual({ ...expected, headers: Object.fromEntries(headers) });
  expect(answer).toHaveProperty("statusCode");
});

test("an answer that fails before it has ended is a 500", async () => {
  const log = jest.spyOn(console, "error").mockImplementation();
  const answer = await tuned(event("GET", "/failed-later"), {} as Context);
  expect(answer).toEqual(await plain(event("GET", "/failed-later"), {} as Context, () => undefined));
  expect(answer).toMatchObject({ statusCode: 500, body: "" });
  expect(log).toHaveBeenCalledTimes(2);
  log.mockRestore();
});

test("an answer ends although who waits for its end fails", async () => {
  const failing = express().get("/", (_request, response) => {
    response.on("finish", () => {
      throw new Error("of a listener");
    });
    response.status(201).end("made");
  });
  failing.use(told);
  expect(await answerEvents(failing)(event("GET", "/"), {} as Context)).toMatchObject({ body: "made" });
});

test("who waits for the end of an answer is told of it", async () => {
  app.set("finished", undefined);
  await tuned(event("GET", "/finished"), {} as Context);
  expect(app.get("finished")).toBe(true);
});
