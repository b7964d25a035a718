import { httpEvent, methods } from "../../scripts/bench/events";
import * as store from "../stores/none.mjs";
import { createHandler } from "./hello.js";

/** What the build has V8 compile for the code cache of the shapes of ours: both routes, once. */
export async function exercise() {
  const handler = createHandler(store);
  for (const method of methods) await handler(httpEvent(method), {});
}
