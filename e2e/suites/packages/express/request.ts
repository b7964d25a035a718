import { headers, type ClientRequest } from "./client";
import { outcomeOf, type Programs } from "../program";
import { reading, valuesRead } from "./builders";

const nothing: ClientRequest = {};
const preferences = headers({
  Accept: "text/*;q=.5, application/json, image/png;q=0",
  "Accept-Charset": "utf-8, iso-8859-1;q=0.2",
  "Accept-Encoding": "gzip;q=0.5, br",
  "Accept-Language": "en-GB, de;q=0.8",
});
const others = headers({ Accept: "image/gif", "Accept-Charset": "x", "Accept-Language": "x" });
const ipv6 = headers({ Host: "[::1]:80" });

/** Conditional requests to a response with an ETag and a date. */
const conditional = (read: "fresh" | "stale", shows: readonly boolean[]) =>
  reading(
    (request, response) => {
      response.set("ETag", '"1"').set("Last-Modified", "Thu, 01 Jan 2026 00:00:00 GMT");
      if (request.path === "/missing") response.status(404);
      return request[read];
    },
    shows,
    nothing,
    headers({ "If-None-Match": 'W/"1"' }),
    headers({ "If-None-Match": '"2"' }),
    headers({ "If-Modified-Since": "Fri, 02 Jan 2026 00:00:00 GMT" }),
    headers({ "If-None-Match": "*", "Cache-Control": "no-cache" }),
    headers({ "If-None-Match": '"1"' }, "/missing"),
    { method: "POST", headers: { "If-None-Match": '"1"' } },
  );

export const requestPrograms: Programs = {
  "req.get": reading(
    (request) =>
      ["x-a", "X-A", "Referrer", "x-none", undefined, 1].map((name) =>
        outcomeOf(() => request.get(name as string)),
      ),
    [
      [
        "1, 2",
        "1, 2",
        "http://localhost/",
        null,
        { message: "name argument is required to req.get" },
        { message: "name must be a string to req.get" },
      ],
    ],
    headers({ "X-A": ["1", "2"], Referer: "http://localhost/" }),
  ),
  "req.header": reading((request) => request.header("Host"), ["tobi.ferrets.example.com:3000"]),
  "req.accepts": reading(
    (request) => [
      request.accepts(),
      request.accepts("html"),
      request.accepts("png", "json", "text"),
      request.accepts(["text/plain", "application/xml"]),
      request.accepts("no-such-type"),
    ],
    [
      [["application/json", "text/*"], "html", "json", "text/plain", false],
      [["*/*"], "html", "png", "text/plain", "no-such-type"],
      [["image/gif"], false, false, false, false],
    ],
    preferences,
    nothing,
    others,
  ),
  "req.acceptsCharsets": reading(
    (request) => [
      request.acceptsCharsets(),
      request.acceptsCharsets("iso-8859-1", "utf-8"),
      request.acceptsCharsets("koi8-r"),
    ],
    [
      [["utf-8", "iso-8859-1"], "utf-8", false],
      [["*"], "iso-8859-1", "koi8-r"],
      [["x"], false, false],
    ],
    preferences,
    nothing,
    others,
  ),
  "req.acceptsEncodings": reading(
    (request) => [
      request.acceptsEncodings(),
      request.acceptsEncodings("gzip", "br"),
      request.acceptsEncodings("compress"),
    ],
    [
      [["br", "gzip", "identity"], "br", false],
      [["identity"], false, false],
    ],
    preferences,
    nothing,
  ),
  "req.acceptsLanguages": reading(
    (request) => [
      request.acceptsLanguages(),
      request.acceptsLanguages("de", "en"),
      request.acceptsLanguages(["fr"]),
    ],
    [
      [["en-GB", "de"], "en", false],
      [["*"], "de", "fr"],
      [["x"], false, false],
    ],
    preferences,
    nothing,
    others,
  ),
  "req.range": reading(
    (request) => [request.range(100), request.range(100, { combine: true }), request.range(5)],
    [
      [null, null, null],
      [
        [
          { start: 0, end: 4 },
          { start: 90, end: 99 },
          { start: 5, end: 9 },
        ],
        [
          { start: 0, end: 9 },
          { start: 90, end: 99 },
        ],
        [{ start: 0, end: 4 }],
      ],
      [[{ start: 97, end: 99 }], [{ start: 97, end: 99 }], [{ start: 2, end: 4 }]],
      [[{ start: 50, end: 60 }], [{ start: 50, end: 60 }], -1],
      [-2, -2, -2],
    ],
    nothing,
    headers({ Range: "bytes=0-4,90-,5-9" }),
    headers({ Range: "bytes=-3" }),
    headers({ Range: "items=50-60" }),
    headers({ Range: "nonsense" }),
  ),
  "req.is": reading(
    (request) => [
      request.is("json"),
      request.is("application/*"),
      request.is(["html", "+json"]),
      request.is("text/html"),
    ],
    [
      ["json", "application/json", false, false],
      [false, "application/vnd.api+json", "application/vnd.api+json", false],
      [false, false, false, false],
      [null, null, null, null],
    ],
    { body: "{}", headers: { "Content-Type": "application/json; charset=utf-8" } },
    { body: "{}", headers: { "Content-Type": "application/vnd.api+json" } },
    { body: "x" },
    headers({ "Content-Type": "text/html" }),
  ),
  "req.query": reading(
    ({ query }) => query,
    [{ a: ["1", "2"], b: "\u00e4", c: "" }, {}],
    { path: "/?a=1&a=2&b=%C3%A4&c" },
    nothing,
  ),
  "req.protocol": reading(({ protocol }) => protocol, ["http"]),
  "req.secure": reading(({ secure }) => secure, [false]),
  "req.ip": reading(({ ip }) => ip, ["127.0.0.1"]),
  "req.ips": {
    run: ({ express }) =>
      valuesRead(
        express().set("trust proxy", true),
        ({ ips }) => ips,
        headers({ "X-Forwarded-For": "client, proxy" }),
      ),
    shows: [["client", "proxy"]],
  },
  "req.subdomains": reading(
    ({ subdomains }) => subdomains,
    [["ferrets", "tobi"], [], []],
    nothing,
    headers({ Host: "127.0.0.1" }),
    ipv6,
  ),
  "req.path": reading(
    ({ path }) => path,
    ["/a/b%20c", "/absolute"],
    { path: "/a/b%20c?d=e" },
    { path: "http://localhost/absolute?x" },
  ),
  "req.host": reading(({ host }) => host, ["tobi.ferrets.example.com:3000", "[::1]:80"], nothing, ipv6),
  "req.hostname": reading(({ hostname }) => hostname, ["tobi.ferrets.example.com", "[::1]"], nothing, ipv6),
  "req.fresh": conditional("fresh", [false, true, false, true, false, false, false]),
  "req.stale": conditional("stale", [true, false, true, false, true, true, true]),
  "req.xhr": reading(
    ({ xhr }) => xhr,
    [false, true],
    nothing,
    headers({ "X-Requested-With": "XMLHttpRequest" }),
  ),
};
