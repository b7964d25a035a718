import express from "express";
import request from "supertest";
import type { RawResponse } from "../routes/route";
import { sendJson } from "./send-json";

/** The same by Express's own methods. */
function sendPlainly(response: express.Response, { status, headers, body }: RawResponse, type: string): void {
  response.status(status).set(headers);
  if (body === undefined) response.end();
  else response.type(type).json(body);
}

test.each<[string, RawResponse]>([
  ["an object", { status: 200, headers: {}, body: { a: "\u00e4\u2028", b: [1, null, undefined] } }],
  ["headers", { status: 202, headers: { Location: "/tasks/1", "Cache-Control": "no-cache" }, body: {} }],
  ["null", { status: 404, headers: {}, body: null }],
  ["no body", { status: 304, headers: { ETag: '"1"' }, body: undefined }],
])("%s is sent as Express sends it", async (_what, given) => {
  for (const type of ["application/json", "application/problem+json"] as const) {
    const app = express().disable("etag");
    app.get("/own", (_request, response) => {
      sendJson(response, given, type);
    });
    app.get("/plain", (_request, response) => {
      sendPlainly(response, given, type);
    });
    const [own, plain] = [await request(app).get("/own"), await request(app).get("/plain")];
    for (const { headers } of [own, plain]) delete (headers as Record<string, unknown>).date;
    expect([own.status, own.headers, own.text]).toEqual([plain.status, plain.headers, plain.text]);
    expect(own.status).toBe(given.status);
  }
});
