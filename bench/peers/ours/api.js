import { createLambdaHandler } from "../../../functions/api/lambda/create-lambda-handler";
import { createApp } from "../../../functions/api/app";
import { readGatewayRequest } from "../../../functions/api/lambda/gateway-request";
import { MemoryTaskQueue } from "../../../functions/shared/testing/memory-task-queue";
import { MemoryTaskRepository } from "../../../functions/shared/testing/memory-task-repository";
import { silentLog } from "../../../functions/shared/testing/silent-log";

/** The API of the service with table and queue in memory, and without logs. */
export function createHandler() {
  const app = createApp({
    repository: new MemoryTaskRepository(),
    queue: new MemoryTaskQueue(),
    service: { name: "api", version: "0.1.0", commit: "bench" },
    docsAssets: () => Buffer.alloc(0),
    log: silentLog,
    now: () => new Date(),
    gatewayRequest: (_request, { locals }) => readGatewayRequest(locals.event),
  });
  return createLambdaHandler(app);
}
