import serverlessExpress, { getCurrentInvoke } from "@codegenie/serverless-express";
import { createApp } from "../../functions/api/app";
import { callerOfInvoke } from "../../functions/api/invoke-caller";
import { MemoryTaskQueue } from "../../functions/shared/testing/memory-task-queue";
import { MemoryTaskRepository } from "../../functions/shared/testing/memory-task-repository";

const silence = () => undefined;

/** The service's whole API, its table and queue in memory and nothing logged: what is left without AWS. */
export function createHandler() {
  const app = createApp({
    repository: new MemoryTaskRepository(),
    queue: new MemoryTaskQueue(),
    service: { name: "api", version: "0.1.0", commit: "bench" },
    docsAssets: () => Buffer.alloc(0),
    log: { debug: silence, info: silence, warn: silence, error: silence, createChild: silence },
    now: () => new Date(),
    currentCaller: () => callerOfInvoke(getCurrentInvoke()),
  });
  const answer = serverlessExpress({ app, eventSourceName: "AWS_API_GATEWAY_V2" });
  return async (event, context) => answer(event, context, () => undefined);
}
