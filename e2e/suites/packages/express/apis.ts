import { EventEmitter } from "node:events";
import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import type express from "express";
import { fetchFrom } from "./client";

/** Names of all that Express has, found in it: `express.json`, `app.use`, `req.get`, `res.send`, `setting etag`, … */
export async function expressApis(of: typeof express): Promise<string[]> {
  const app = of();
  const [request, response] = await ownProperties(of);
  const prototypeOf = (name: string) => Reflect.get(Reflect.get(of, name) as object, "prototype") as object;
  const names = {
    express: Reflect.ownKeys(of),
    app: [...Reflect.ownKeys(of.application as object), ...Reflect.ownKeys(app)],
    req: [...Reflect.ownKeys(of.request), ...request],
    res: [...Reflect.ownKeys(of.response), ...response],
    Router: Reflect.ownKeys(prototypeOf("Router")),
    Route: Reflect.ownKeys(prototypeOf("Route")),
  };
  const found = Object.entries(names).flatMap(([object, keys]) =>
    keys.filter(isPublic).map((key) => `${object}.${String(key)}`),
  );
  const settings = Object.keys(app.settings as object).filter((name) => !name.endsWith(" fn"));
  return [...new Set([...found, ...settings.map((name) => `setting ${name}`)])].sort();
}

const ofEveryFunction = new Set<PropertyKey>(["length", "name", "prototype", "constructor"]);

const isPublic = (key: PropertyKey) =>
  typeof key === "string" &&
  !key.startsWith("_") &&
  !ofEveryFunction.has(key) &&
  !(key in EventEmitter.prototype);

/** What Express's requests and responses have of their own, and Node's have not. */
async function ownProperties(of: typeof express): Promise<[request: PropertyKey[], response: PropertyKey[]]> {
  const found: [PropertyKey[], PropertyKey[]] = [[], []];
  const app = of().get("/", (request, response) => {
    const plain = found.map((keys) => new Set(keys));
    found[0] = Reflect.ownKeys(request).filter((key) => plain[0]?.has(key) !== true);
    found[1] = Reflect.ownKeys(response).filter((key) => plain[1]?.has(key) !== true);
    response.end();
  });
  const server = createServer((request, response) => {
    found[0] = Reflect.ownKeys(request);
    found[1] = Reflect.ownKeys(response);
    app(request, response);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  await fetchFrom((server.address() as AddressInfo).port, {});
  server.close();
  return found;
}
