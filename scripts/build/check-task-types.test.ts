import { checkTaskTypeNames } from "@serverless-tasks/functions/worker/handlers/task-type-names";
import { checkTaskTypes } from "./check-task-types";
import { BuildError } from "./errors";

const handlers = "../../functions/worker/handlers";

afterEach(() => {
  jest.resetModules();
  jest.dontMock(handlers);
});

test("the shipped task types pass the check", () => {
  expect(checkTaskTypes).not.toThrow();
});

test("two task types with the same name fail the build", () => {
  jest.doMock(handlers, () => {
    checkTaskTypeNames(["echo", "echo"]);
  });
  expect(checkTaskTypes).toThrow(BuildError);
  expect(checkTaskTypes).toThrow(/two task types are named "echo"/);
});
