import { headers, paths } from "./client";
import { outcomeOf, type Programs } from "../program";
import { reading, responding } from "./builders";

const accept = (type: string, path?: string) => headers({ Accept: type }, path);

export const responsePrograms: Programs = {
  "res.status": responding(
    (response) => response.status(201).send("created"),
    [{ status: 201, body: "created" }],
  ),
  "res.status: invalid": reading(
    (_request, response) =>
      ["200", 99, 1000, 200.5].map((code) => outcomeOf(() => response.status(code as number))),
    [["TypeError", "RangeError", "RangeError", "TypeError"].map((name) => ({ name }))],
  ),
  "res.sendStatus": responding(
    (response, request) => response.sendStatus(Number(request.query.code)),
    ["OK", "Not Found", "I'm a Teapot", "299", 205, 500],
    ...paths("/?code=200", "/?code=404", "/?code=418", "/?code=299", "/?code=205", "/?code=42"),
  ),
  "res.links": responding(
    (response) =>
      response
        .links({ next: "/2", last: ["/8", "/9"] as never })
        .links({ first: "/1" })
        .end(),
    [{ headers: { link: '</2>; rel="next", </8>; rel="last", </9>; rel="last", </1>; rel="first"' } }],
  ),
  "res.append": responding(
    (response) =>
      response.append("Link", "<a>").append("Link", ["<b>", "<c>"]).append("Set-Cookie", "d=e").end(),
    [{ headers: { link: "<a>, <b>, <c>", "set-cookie": ["d=e"] } }],
  ),
  "res.set": responding(
    (response) =>
      response
        .set("X-A", "1")
        .set({ "X-B": ["2", 3], "Content-Type": "text/css", "X-C": 4 })
        .end(),
    [{ headers: { "x-a": "1", "x-b": "2, 3", "content-type": "text/css; charset=utf-8", "x-c": "4" } }],
  ),
  "res.set: invalid": reading(
    (_request, response) => response.set("Content-Type", ["a", "b"]),
    [{ message: "Content-Type cannot be set to an Array" }],
  ),
  "res.header": responding(
    (response) => response.header("Content-Type", "html").end(),
    [{ headers: { "content-type": "text/html; charset=utf-8" } }],
  ),
  "res.get": reading(
    (_request, response) => [response.set("X-A", "b").get("x-a"), response.get("X-None")],
    [["b", null]],
  ),
  "res.type": reading(
    (_request, response) =>
      [
        ...["json", ".html", "png", "text/x-mine", "js", "no-such-type", "svg", "mjs", "wasm", "docx", "xml"],
        ...["text/plain; charset=ascii", "application/problem+json", "bin", "md"],
      ].map((type) => response.type(type).get("Content-Type")),
    [
      [
        ...[
          "application/json; charset=utf-8",
          "text/html; charset=utf-8",
          "image/png",
          "text/x-mine; charset=utf-8",
        ],
        ...["text/javascript; charset=utf-8", "application/octet-stream", "image/svg+xml"],
        ...["text/javascript; charset=utf-8", "application/wasm"],
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ...["application/xml", "text/plain; charset=ascii", "application/problem+json"],
        ...["application/octet-stream", "text/markdown; charset=utf-8"],
      ],
    ],
  ),
  "res.contentType": responding(
    (response) => response.contentType("json").end(),
    [{ headers: { "content-type": "application/json; charset=utf-8" } }],
  ),
  "res.vary": responding(
    (response) =>
      response
        .vary("Origin")
        .vary(["Accept", "origin"] as never)
        .end(),
    [{ headers: { vary: "Origin, Accept" } }],
  ),
  "res.vary: invalid": reading(
    (_request, response) => response.vary("a b"),
    [{ message: "field argument contains an invalid header name" }],
  ),
  "res.location": responding(
    (response) => response.location("https://\u00e4.example/\u00e4 b?c=%20&d=\u{1f600}").end(),
    [{ headers: { location: "https://%C3%A4.example/%C3%A4%20b?c=%20&d=%F0%9F%98%80" } }],
  ),
  "res.redirect": responding(
    (response) => {
      response.redirect("/a?<b>");
    },
    [
      "<!DOCTYPE html><head><title>Found</title></head><body><p>Found. Redirecting to /a?%3Cb%3E</p></body>",
      "Found. Redirecting to /a?%3Cb%3E",
      302,
      { status: 302, headers: { location: "/a?%3Cb%3E", vary: "Accept" } },
    ],
    accept("text/html"),
    accept("text/plain"),
    accept("image/png"),
    { method: "HEAD" },
  ),
  "res.redirect: with a status": responding(
    (response) => {
      response.redirect(308, "https://example.com");
    },
    [308],
  ),
  "res.attachment": responding(
    (response) => response.attachment("/folder/\u20ac rates.html").send("<p>"),
    [
      {
        headers: {
          "content-disposition": `attachment; filename="? rates.html"; filename*=UTF-8''%E2%82%AC%20rates.html`,
        },
      },
    ],
  ),
  "res.attachment: without a name": responding(
    (response) => response.attachment().end(),
    [{ headers: { "content-disposition": "attachment" } }],
  ),
  "res.format": responding(
    (response, request) => {
      const formats = {
        "text/plain": () => response.send("text"),
        html: () => response.send("<p>"),
        json: () => response.send({ json: true }),
      };
      response.format(
        request.path === "/" ? formats : { ...formats, default: () => response.send("default") },
      );
    },
    ["text", '{"json":true}', "<p>", 406, "default"],
    {},
    accept("application/json"),
    accept("text/*;q=.1, text/html"),
    accept("image/png"),
    accept("image/png", "/default"),
  ),
  "res.end": responding((response) => response.end("ended"), [{ body: "ended" }]),
};
