import type { NextFunction, Request, RequestHandler } from "express";
import { isUtf8 } from "node:buffer";
import { Problem } from "./problems";

/** Half of the limit of a message, so that a task and its envelope fit the queue. */
export const bodyLimitBytes = 128 * 1024;

/** JSON is UTF-8: https://www.rfc-editor.org/rfc/rfc8259#section-8.1; some clients name the charset. */
const json = /^application\/json\s*(;(\s*charset\s*=\s*("utf-8"|utf-8)\s*|(?!\s*charset\s*=)[^;]*))*$/i;

/** Reads a JSON body, and refuses any other. A request without a body has none for the route either. */
export const jsonBody: RequestHandler = (request, _response, next) => {
  if (!hasBody(request)) {
    next();
    return undefined;
  }
  if (!json.test(request.headers["content-type"] ?? "") || isEncoded(request))
    throw new Problem("unsupported-media-type");
  // In Lambda the body is one Buffer; from a server it is a stream.
  const whole: unknown = request.body;
  if (!Buffer.isBuffer(whole)) return readParts(request, next);
  request.body = parse(atMost(whole));
  next();
  return undefined;
};

async function readParts(request: Request, next: NextFunction): Promise<void> {
  request.body = parse(await bytesOf(request));
  next();
}

/** https://www.rfc-editor.org/rfc/rfc9112#section-6 */
const hasBody = ({ headers }: Request) =>
  headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;

const isEncoded = ({ headers }: Request) =>
  (headers["content-encoding"] ?? "identity").toLowerCase() !== "identity";

async function bytesOf(request: Request): Promise<Buffer> {
  if (Number(request.headers["content-length"] ?? 0) > bodyLimitBytes) throw bodyTooLarge();
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > bodyLimitBytes) throw bodyTooLarge();
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function atMost(body: Buffer): Buffer {
  if (body.length > bodyLimitBytes) throw bodyTooLarge();
  return body;
}

const bodyTooLarge = () =>
  new Problem("body-too-large", { detail: `The body exceeds ${bodyLimitBytes} bytes.` });

const byteOrderMark = /^\uFEFF/;

function parse(body: Buffer): unknown {
  // A decoder would replace invalid UTF-8 by U+FFFD.
  if (!isUtf8(body)) throw new Problem("invalid-utf8");
  const text = body.toString("utf8").replace(byteOrderMark, "");
  try {
    return JSON.parse(mayVanish.test(text) ? withoutVanishing(text) : text) as unknown;
  } catch {
    throw new Problem("invalid-json");
  }
}

/** A number that may be closer to 0 than any double; in strings, too. */
const mayVanish = /[eE]-\d{3}|0{200}/;
const stringsAndNumbers = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;
const hasDigit = /^-?[0.]*[1-9]/;

/**
 * JSON.parse reads 1e-400 as 0. It is replaced by the smallest double, which no task may contain either: the number is
 * refused with its pointer, and not changed.
 */
const withoutVanishing = (text: string): string =>
  text.replace(stringsAndNumbers, (token) =>
    hasDigit.test(token) && Number(token) === 0 ? String(Number.MIN_VALUE) : token,
  );
