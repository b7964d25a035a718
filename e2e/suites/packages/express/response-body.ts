import { sendRequests, headers, paths } from "./client";
import { type Program, type Programs } from "../program";
import { responding, withErrors } from "./builders";

/** A program that sends each value in a response. */
const sending = (how: "send" | "json", values: readonly unknown[], shows: unknown): Program => ({
  run: ({ express }) =>
    Promise.all(
      values.map((value) =>
        sendRequests(
          withErrors(express().use((_request, response) => void response[how](value))),
          {},
          { method: "HEAD" },
        ),
      ),
    ),
  shows,
});

export const responseBodyPrograms: Programs = {
  "res.json": responding(
    (response) => response.json({ date: new Date(0), text: "\u2028<\u00e4>" }),
    ['{"date":"1970-01-01T00:00:00.000Z","text":"\u2028<\u00e4>"}'],
  ),
  "res.json: values": sending(
    "json",
    [null, 1, "text", false, undefined, [undefined]],
    [
      ["null", ""],
      ["1", ""],
      ['"text"', ""],
      ["false", ""],
      ["", ""],
      ["[null]", ""],
    ],
  ),
  "res.json: with a type of its own": responding(
    (response) => response.type("application/problem+json").json({ a: 1 }),
    [{ headers: { "content-type": "application/problem+json; charset=utf-8" } }],
  ),
  "res.json: not JSON": responding((response) => response.json({ a: 1n }), [500]),
  "res.jsonp": responding(
    (response) => response.jsonp({ text: "\u2028<\u2029" }),
    [
      '{"text":"\u2028<\u2029"}',
      '/**/ typeof a.b[0] === \'function\' && a.b[0]({"text":"\\u2028<\\u2029"});',
      '/**/ typeof aevil === \'function\' && aevil({"text":"\\u2028<\\u2029"});',
    ],
    ...paths("/", "/?callback=a.b[0]", "/?callback=a;evil()&callback=b"),
  ),
  "res.send": sending(
    "send",
    ["text \u00e4", Buffer.from("buffer"), Uint8Array.of(65, 66), { a: 1 }, [1], true, null, undefined],
    [
      ["text \u00e4", ""],
      ["buffer", ""],
      ["AB", ""],
      ['{"a":1}', ""],
      ["[1]", ""],
      ["true", ""],
      ["", ""],
      ["", ""],
    ],
  ),
  "res.send: without a body": responding(
    (response, request) => response.status(Number(request.query.code)).send("body"),
    [204, 205, 304],
    ...paths("/?code=204", "/?code=205", "/?code=304"),
  ),
  "res.send: types and tags": responding(
    (response) => response.set("Content-Type", "text/x; charset=ascii").set("ETag", '"mine"').send("text"),
    [{ headers: { "content-type": "text/x; charset=utf-8", etag: '"mine"' } }, 304],
    {},
    headers({ "If-None-Match": '"mine"' }),
  ),
};
