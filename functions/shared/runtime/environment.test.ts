import { producerEnvironment } from "../../producer/env";
import { readEnvironment } from "./environment";

const complete = {
  PROJECT: "tasks",
  ENVIRONMENT: "dev",
  SERVICE_NAME: "api",
  SERVICE_VERSION: "1.0.0",
  LOG_LEVEL: "INFO",
  TASK_QUEUE_URL: "https://sqs.eu-central-1.amazonaws.com/111111111111/tasks-dev-tasks",
  REDELIVERY_SECONDS: "180",
  MESSAGE_LIFETIME_SECONDS: "345780",
};

test("a complete environment is read, numbers as numbers", () => {
  expect(readEnvironment(producerEnvironment, complete)).toMatchObject({ REDELIVERY_SECONDS: 180 });
});

test("everything that is missing or wrong is named at once", () => {
  const read = () =>
    readEnvironment(producerEnvironment, {
      ...complete,
      SERVICE_NAME: undefined,
      REDELIVERY_SECONDS: "none",
    });
  expect(read).toThrow(/set by deploy\/30_app.*SERVICE_NAME: .*REDELIVERY_SECONDS: /);
});
