import { EventEmitter } from "node:events";
import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import type express from "express";
import { fetchFrom } from "./client";

/** Names of Express's APIs, found by inspection: `express.json`, `app.use`, `req.get`, `res.send`, `setting etag`, … */
export async function expressApis(module: typeof express): Promise<string[]> {
  const app = module();
  const [request, response] = await ownProperties(module);
  const prototypeOf = (name: string) =>
    Reflect.get(Reflect.get(module, name) as object, "prototype") as object;
  const names = {
    express: Reflect.ownKeys(module),
    app: [...Reflect.ownKeys(module.application as object), ...Reflect.ownKeys(app)],
    req: [...Reflect.ownKeys(module.request), ...request],
    res: [...Reflect.ownKeys(module.response), ...response],
    Router: Reflect.ownKeys(prototypeOf("Router")),
    Route: Reflect.ownKeys(prototypeOf("Route")),
  };
  const found = Object.entries(names).flatMap(([object, keys]) =>
    keys.filter(isPublic).map((key) => `${object}.${String(key)}`),
  );
  const settings = Object.keys(app.settings as object).filter((name) => !name.endsWith(" fn"));
  return [...new Set([...found, ...settings.map((name) => `setting ${name}`)])].sort();
}

const propertiesOfFunctions = new Set<PropertyKey>(["length", "name", "prototype", "constructor"]);

const isPublic = (key: PropertyKey) =>
  typeof key === "string" &&
  !key.startsWith("_") &&
  !propertiesOfFunctions.has(key) &&
  !(key in EventEmitter.prototype);

/** The own properties that Express adds to requests and responses of Node. */
async function ownProperties(
  module: typeof express,
): Promise<[request: PropertyKey[], response: PropertyKey[]]> {
  const found: [PropertyKey[], PropertyKey[]] = [[], []];
  const app = module().get("/", (request, response) => {
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
