import { routes } from "@serverless-tasks/functions/api/routes";
import { pathOf, spellingsOf } from "@serverless-tasks/functions/api/testing/spellings";
import * as fc from "fast-check";
import type { ApiCall } from "./signed-call";

const generatedSpellings = 12;

/** A request to each operation that needs authorization. */
export const protectedCalls = (id: string): readonly ApiCall[] =>
  routes
    .filter(({ scope }) => scope !== undefined)
    .map((route) => ({
      method: route.method.toUpperCase(),
      path: pathOf(route, id),
      ...(route.method === "post" && {
        body: JSON.stringify({ type: "echo", payload: { message: "authorization" } }),
      }),
    }));

/** Requests to the same operations with differently written paths: common variants, and generated ones. */
export const spelledCalls = (id: string): readonly ApiCall[] =>
  protectedCalls(id).flatMap((call) =>
    [
      ...[call.path.toUpperCase(), `${call.path}/`, `/${call.path}`, call.path.replace("/t", "/%74")],
      ...fc.sample(spellingsOf(call.path), { numRuns: generatedSpellings, seed: 1 }),
    ].map((path) => ({ ...call, path: sendable(path) })),
  );

/** Node rejects other characters in a path. */
const sendable = (path: string) => path.replace(/[^\x21-\x7e]/g, encodeURIComponent);
