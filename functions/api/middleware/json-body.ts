import express, { type RequestHandler } from "express";
import { unsupportedMediaType } from "../problems";

/** Larger than any task may be in the queue, so that a task's own limit is what a client meets first. */
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
