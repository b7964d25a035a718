import * as store from "../stores/none.mjs";
import { createHandler } from "./hello.js";

const event = (method, path, body) => ({
  version: "2.0",
  rawPath: path,
  rawQueryString: "",
  headers: { "content-type": "application/json" },
  body,
  requestContext: { http: { method, path, sourceIp: "192.0.2.1" }, requestId: "exercise" },
});

/** What the build has V8 compile for the code cache of the shapes of ours: both routes, once. */
export async function exercise() {
  const handler = createHandler(store);
  await handler(event("GET", "/health"), {});
  await handler(event("POST", "/tasks", JSON.stringify({ type: "echo", payload: { message: "" } })), {});
}
