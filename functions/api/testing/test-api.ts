import { brotliCompressSync } from "node:zlib";
import request from "supertest";
import { noon } from "../../shared/testing/builders";
import { exampleSettings } from "../../shared/testing/example-settings";
import { MemoryTaskQueue } from "../../shared/testing/memory-task-queue";
import { MemoryTaskRepository } from "../../shared/testing/memory-task-repository";
import { silentMetrics } from "../../shared/testing/recorded-metrics";
import { silentLog } from "../../shared/testing/silent-log";
import { createApp, type AppDependencies } from "../app";
import { apiResources } from "../resources";
import { principalOf } from "../services/principal";
import { matchRouteKey } from "./match-route-key";

/** An API without a server, of which each dependency can be replaced. */
export function testApi(other: Partial<AppDependencies> = {}) {
  const repository = new MemoryTaskRepository(() => noon);
  const queue = new MemoryTaskQueue();
  const app = createApp({
    queue,
    repository,
    service: { name: "api", version: "1.2.3", commit: "abc" },
    resources: apiResources,
    settings: exampleSettings(),
    docsAssets: (name) => brotliCompressSync(name),
    authorization: "jwt",
    log: silentLog,
    metrics: silentMetrics,
    now: () => noon,
    gatewayRequest: ({ method, path }) => ({
      caller: { requestId: "request-1", principal: principalOf() },
      routeKey: matchRouteKey(method, path),
      isDirect: false,
    }),
    ...other,
  });
  return { app, api: request(app), queue, repository };
}
