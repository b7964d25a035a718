import { routes } from "@serverless-tasks/functions/api/routes";
import { pathOf, spellingsOf } from "@serverless-tasks/functions/api/testing/spellings";
import * as fc from "fast-check";
import type { ApiCall } from "./signed-call";

const spellingsOfEach = 12;

/** Operations that need a permission, each with the body of a task. */
export const protectedCalls = (id: string): readonly ApiCall[] =>
  routes
    .filter(({ scope }) => scope !== undefined)
    .map((route) => ({
      method: route.method.toUpperCase(),
      path: pathOf(route, id),
      ...(route.method === "post" && {
        body: JSON.stringify({ type: "echo", payload: { message: "by another spelling" } }),
      }),
    }));

/** The same operations in other spellings: some that clients and servers are known for, and generated ones. */
export const spelledCalls = (id: string): readonly ApiCall[] =>
  protectedCalls(id).flatMap((call) =>
    [
      ...[call.path.toUpperCase(), `${call.path}/`, `/${call.path}`, call.path.replace("/t", "/%74")],
      ...fc.sample(spellingsOf(call.path), { numRuns: spellingsOfEach, seed: 1 }),
    ].map((path) => ({ ...call, path: sendable(path) })),
  );

/** Node sends no other characters in a path. */
const sendable = (path: string) => path.replace(/[^\x21-\x7e]/g, encodeURIComponent);
