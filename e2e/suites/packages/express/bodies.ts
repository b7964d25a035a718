import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import type { RequestHandler } from "express";
import type { ClientRequest } from "./client";
import { outcomeOf, type Programs, type Tools } from "../program";
import { serving } from "./builders";

const json = "application/json";
const bytes = "application/octet-stream";

/** A request with a body and its media type. */
export const body = (
  type: string,
  body: string | Uint8Array,
  headers: Readonly<Record<string, string>> = {},
): ClientRequest => ({ body, headers: { "Content-Type": type, ...headers } });

/** A body in each supported encoding, in an unsupported one, and not encoded as its header says. */
export const compressed = (type: string, text: string): ClientRequest[] => [
  body(type, gzipSync(text), { "Content-Encoding": "gzip" }),
  body(type, deflateSync(text), { "Content-Encoding": "deflate" }),
  body(type, brotliCompressSync(text), { "Content-Encoding": "br" }),
  body(type, text, { "Content-Encoding": "compress" }),
  body(type, text, { "Content-Encoding": "gzip" }),
];

/** A program with a body parser, which responds with the parsed body. */
export const parsing = (
  parser: (express: Tools["express"]) => RequestHandler,
  requests: readonly ClientRequest[],
  shows: unknown,
) =>
  serving(
    ({ express }) =>
      express().use(parser(express), (request, response) => {
        response.json(request.body);
      }),
    shows,
    ...requests,
  );

/** An option `verify` that rejects some bodies. */
export const verify = (_request: unknown, _response: unknown, buffer: Buffer, encoding: string): void => {
  if (buffer.includes("refused")) throw Object.assign(new Error(`refused ${encoding}`), { status: 422 });
};

const long = JSON.stringify({ text: "x".repeat(200) });

export const bodyPrograms: Programs = {
  "express.json": parsing(
    (express) => express.json(),
    [
      body(json, '{"a":1,"a":{"__proto__":2}}'),
      body(`${json}; charset=utf-16`, Buffer.from('{"h\u00e4":1}', "utf16le")),
      body(`${json}; charset=koi8-r`, "{}"),
      body("application/problem+json", "{}"),
      body(json, ""),
      body(json, '{"a":'),
      body(json, '"text"'),
      {},
    ],
    ['{"a":{"__proto__":2}}', '{"h\u00e4":1}', 415, "", "{}", 400, 400, ""],
  ),
  "express.json: compressed": parsing((express) => express.json(), compressed(json, '{"a":1}'), [
    '{"a":1}',
    '{"a":1}',
    '{"a":1}',
    415,
    400,
  ]),
  "express.json: inflate": parsing(
    (express) => express.json({ inflate: false }),
    compressed(json, "{}"),
    [415, 415, 415, 415, 415],
  ),
  "express.json: limit": parsing(
    (express) => express.json({ limit: "100b" }),
    [body(json, long), body(json, gzipSync(long), { "Content-Encoding": "gzip" }), body(json, "{}")],
    [413, 413, "{}"],
  ),
  "express.json: reviver": parsing(
    (express) => express.json({ reviver: (key, value: unknown) => (key === "a" ? "revived" : value) }),
    [body(json, '{"a":1,"b":2}')],
    ['{"a":"revived","b":2}'],
  ),
  "express.json: strict": parsing(
    (express) => express.json({ strict: false }),
    [body(json, '"text"'), body(json, "1")],
    ['"text"', "1"],
  ),
  "express.json: type": parsing(
    (express) => express.json({ type: ["text/*", "+json"] }),
    [body("text/plain", "[1]"), body("application/vnd.api+json", "[2]"), body(json, "[3]")],
    ["[1]", "[2]", ""],
  ),
  "express.json: type by a function": parsing(
    (express) => express.json({ type: ({ headers }) => headers["content-type"] === "mine" }),
    [body("mine", "[1]"), body(json, "[2]")],
    ["[1]", ""],
  ),
  "express.json: verify": parsing(
    (express) => express.json({ verify }),
    [body(json, '["refused"]'), body(json, '["taken"]')],
    [422, '["taken"]'],
  ),
  "express.json: invalid options": {
    run: ({ express }) => outcomeOf(() => express.json({ verify: 1 as never })),
    shows: { name: "TypeError", message: "option verify must be function" },
  },
  "express.raw": parsing(
    (express) => express.raw(),
    [body(bytes, Uint8Array.of(0, 255)), body("text/plain", "text")],
    ['{"type":"Buffer","data":[0,255]}', ""],
  ),
  "express.raw: compressed": parsing((express) => express.raw(), compressed(bytes, "raw"), [
    '{"type":"Buffer","data":[114,97,119]}',
    '{"type":"Buffer","data":[114,97,119]}',
    '{"type":"Buffer","data":[114,97,119]}',
    415,
    400,
  ]),
  "express.raw: inflate": parsing(
    (express) => express.raw({ inflate: false }),
    compressed(bytes, "raw"),
    [415, 415, 415, 415, 415],
  ),
  "express.raw: limit": parsing((express) => express.raw({ limit: 3 }), [body(bytes, "1234")], [413]),
  "express.raw: type": parsing(
    (express) => express.raw({ type: "png" }),
    [body("image/png", "png")],
    ['{"type":"Buffer","data":[112,110,103]}'],
  ),
  "express.raw: verify": parsing((express) => express.raw({ verify }), [body(bytes, "refused")], [422]),
  "express.text": parsing(
    (express) => express.text(),
    [
      body("text/plain", "h\u00e4"),
      body("text/plain; charset=iso-8859-1", Uint8Array.of(104, 228)),
      body("text/plain; charset=shift_jis", Uint8Array.of(0x83, 0x65)),
      body("text/plain; charset=none", "x"),
      body(json, "{}"),
    ],
    ['"h\u00e4"', '"h\u00e4"', '"\u30c6"', 415, ""],
  ),
  "express.text: compressed": parsing((express) => express.text(), compressed("text/plain", "text"), [
    '"text"',
    '"text"',
    '"text"',
    415,
    400,
  ]),
  "express.text: defaultCharset": parsing(
    (express) => express.text({ defaultCharset: "utf-16le" }),
    [body("text/plain", Buffer.from("h\u00e4", "utf16le"))],
    ['"h\u00e4"'],
  ),
  "express.text: inflate": parsing(
    (express) => express.text({ inflate: false }),
    compressed("text/plain", "text"),
    [415, 415, 415, 415, 415],
  ),
  "express.text: limit": parsing(
    (express) => express.text({ limit: "1kb" }),
    [body("text/plain", "x".repeat(1025))],
    [413],
  ),
  "express.text: type": parsing(
    (express) => express.text({ type: "html" }),
    [body("text/html", "<p>")],
    ['"<p>"'],
  ),
  "express.text: verify": parsing(
    (express) => express.text({ verify }),
    [body("text/plain", "refused")],
    [422],
  ),
};
