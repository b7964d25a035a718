import express, { type RequestHandler } from "express";
import { unsupportedMediaType } from "../problems";

/** Half of what a message may have, so that a task fits the queue with all that is written around it. */
export const bodyLimitBytes = 128 * 1024;

/** JSON is UTF-8: https://www.rfc-editor.org/rfc/rfc8259#section-8.1; some clients say so. */
const otherCharset = /;\s*charset\s*=\s*(?!"?utf-8"?\s*(;|$))/i;

const onlyJson: RequestHandler = (request, _response, next) => {
  const isOther = otherCharset.test(request.get("content-type") ?? "");
  if (request.is("application/json") === false || isOther) throw unsupportedMediaType();
  next();
};

/** What would set the prototype of whatever it is copied to: no task has a use for it. */
const refusePrototype = (key: string, value: unknown): unknown => {
  if (key === "__proto__") throw new SyntaxError("__proto__ is no key of a task");
  return value;
};

/** Reads a JSON body; anything else is refused, not ignored. */
export const jsonBody: RequestHandler[] = [
  onlyJson,
  express.json({
    limit: bodyLimitBytes,
    strict: false,
    inflate: false,
    reviver: refusePrototype,
    type: "application/json",
  }),
];
