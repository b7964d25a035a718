import { httpEvent, methods } from "../../src/events";
import { startAwsStub } from "../../../packages/aws-stub/src/aws-stub";
import { createHandler } from "./hello.js";

/**
 * What the build has V8 compile for the code cache of a shape of ours: both routes, once, with what they call of AWS.
 * @param loadStore imports the store, which reads the environment
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
