import { httpEvent, methods } from "../../src/events";
import { startAwsStub } from "../../../packages/aws-stub/src/aws-stub";
import { createHandler } from "./hello.js";

/**
 * Runs both routes once, with their calls to AWS, so that V8 compiles their code for the code cache.
 * @param loadStore imports the store, which reads environment variables
 */
export async function exerciseWith(loadStore) {
  const aws = await startAwsStub();
  Object.assign(process.env, {
    AWS_REGION: "us-east-1",
    AWS_ENDPOINT_URL: aws.endpoint,
    TASK_QUEUE_URL: `${aws.endpoint}/111111111111/tasks`,
    TABLE_NAME: "tasks",
    SERVICE_NAME: "exercise",
    LOG_LEVEL: "INFO",
  });
  const handler = createHandler(await loadStore());
  for (const method of methods) await handler(httpEvent(method), {});
  aws.stop();
}
