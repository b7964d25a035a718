import { apiEnvironment } from "../api/env";
import { readEnvironment } from "./environment";

const complete = {
  SERVICE_NAME: "api",
  SERVICE_VERSION: "1.0.0",
  COMMIT: "abc",
  LOG_LEVEL: "INFO",
  TASK_QUEUE_URL: "https://sqs.eu-central-1.amazonaws.com/111111111111/tasks-dev-tasks",
  TABLE_SHARDS: "4",
};

test("a complete environment is read, numbers as numbers", () => {
  expect(readEnvironment(apiEnvironment, complete)).toMatchObject({ TABLE_SHARDS: 4 });
});

test("everything that is missing or wrong is named at once", () => {
  const read = () =>
    readEnvironment(apiEnvironment, { ...complete, COMMIT: undefined, TABLE_SHARDS: "none" });
  expect(read).toThrow(/set by deploy\/30_app.*TABLE_SHARDS: .*COMMIT: /);
});
