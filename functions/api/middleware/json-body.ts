import express, { type RequestHandler } from "express";
import { unsupportedMediaType } from "../problems";

/** Half of what a message may have, so that a task fits the queue with all that is written around it. */
export const bodyLimitBytes = 128 * 1024;

const onlyJson: RequestHandler = (request, _response, next) => {
  if (request.is("application/json") === false) throw unsupportedMediaType();
  next();
};

/** Reads a JSON body; anything else is refused, not ignored. */
export const jsonBody: RequestHandler[] = [
  onlyJson,
  express.json({ limit: bodyLimitBytes, strict: false, type: "application/json" }),
];
