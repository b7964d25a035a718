import { join } from "node:path";
import type { ServeStaticOptions } from "serve-static";
import { headers as inRequest, paths, type ClientRequest } from "./client";
import { outcomeOf, type Programs } from "../program";
import { pass, serving } from "./builders";

const headers = (each: ClientRequest["headers"]) => inRequest(each, "/hello.txt");
const range = (value: string) => headers({ Range: value });

/** A program that serves a folder, with a handler after it. */
const served = (
  options: ServeStaticOptions | undefined,
  requests: readonly ClientRequest[],
  shows: unknown,
) =>
  serving(
    ({ express, folder }) =>
      express().use("/", express.static(join(folder, "public"), options), pass("next")),
    shows,
    ...requests,
  );

export const staticPrograms: Programs = {
  "express.static": served(
    undefined,
    paths(
      "/hello.txt",
      "/",
      "/sub",
      "/sub/",
      "/none.txt",
      "/.hidden",
      "/page",
      "/umlaut-%C3%A4.json",
      "/empty.css",
    ),
    ["Hello, files!\n", "<p>index</p>\n", 301, "<p>below</p>\n", 404, 404, 404, "{}", 200],
  ),
  "express.static: not a file": served(
    undefined,
    [
      ...paths("/../outside.txt", "/%2e%2e/outside.txt", "/%00", "/%"),
      { method: "HEAD", path: "/hello.txt" },
      { method: "POST", path: "/hello.txt" },
    ],
    [404, 404, 404, 404, 200, 404],
  ),
  "express.static: invalid folders": {
    run: ({ express }) => [undefined, 1].map((folder) => outcomeOf(() => express.static(folder as never))),
    shows: [{ message: "root path required" }, { message: "root path must be a string" }],
  },
  "express.static: ranges": served(
    undefined,
    [
      ...["bytes=0-4", "bytes=-3", "bytes=99-", "bytes=0-1,3-4", "lines=1-2"].map(range),
      headers({ Range: "bytes=0-4", "If-Range": '"other"' }),
    ],
    [{ status: 206, body: "Hello", headers: { "content-range": "bytes 0-4/14" } }, 206, 416, 200, 200, 200],
  ),
  "express.static: conditions": served(
    undefined,
    [
      headers({ "If-None-Match": 'W/"e-19b76daa800"' }),
      headers({ "If-Modified-Since": "Thu, 01 Jan 2026 00:00:00 GMT" }),
      headers({ "If-Match": '"other"' }),
      headers({ "If-Unmodified-Since": "Wed, 01 Jan 2025 00:00:00 GMT" }),
      headers({ "If-None-Match": "*", "Cache-Control": "no-cache" }),
    ],
    [304, 304, 412, 412, 200],
  ),
  "express.static: acceptRanges": served({ acceptRanges: false }, [range("bytes=0-4")], ["Hello, files!\n"]),
  "express.static: cacheControl": served({ cacheControl: false }, paths("/hello.txt"), ["Hello, files!\n"]),
  "express.static: dotfiles allow": served({ dotfiles: "allow" }, paths("/.hidden"), ["hidden\n"]),
  "express.static: dotfiles deny": served({ dotfiles: "deny", fallthrough: false }, paths("/.hidden"), [403]),
  "express.static: etag": served({ etag: false }, paths("/hello.txt"), ["Hello, files!\n"]),
  "express.static: extensions": served({ extensions: ["htm", "html"] }, paths("/page", "/none"), [
    "<p>page</p>\n",
    404,
  ]),
  "express.static: fallthrough": served(
    { fallthrough: false },
    [...paths("/none.txt", "/../outside.txt"), { method: "DELETE", path: "/hello.txt" }],
    [404, 403, 405],
  ),
  "express.static: immutable": served({ immutable: true, maxAge: "1d" }, paths("/hello.txt"), [
    { headers: { "cache-control": "public, max-age=86400, immutable" } },
  ]),
  "express.static: index": served({ index: ["none.html", "page.html"] }, paths("/"), ["<p>page</p>\n"]),
  "express.static: index off": served({ index: false }, paths("/"), [404]),
  "express.static: lastModified": served({ lastModified: false }, paths("/hello.txt"), ["Hello, files!\n"]),
  "express.static: maxAge": served({ maxAge: 5_000 }, paths("/hello.txt"), [
    { headers: { "cache-control": "public, max-age=5" } },
  ]),
  "express.static: redirect": served({ redirect: false }, paths("/sub"), [404]),
  "express.static: setHeaders": served(
    {
      setHeaders: (response, path, { size }) => {
        response.setHeader("X-File", `${path.slice(-9)} ${size}`);
      },
    },
    paths("/hello.txt"),
    [{ headers: { "x-file": "hello.txt 14" } }],
  ),
};
