import { loadEnvironment } from "../../config/load-environment";
import { configurationError } from "../../testing/configuration-error";
import { synthesize } from "../../testing/synthesize";

jest.mock("@serverless-tasks/functions/api/permissions", () => ({
  apiPermissions: { queues: { task: ["sqs:SendMessage", "sqs:PurgeQueue"] } },
}));

test("a permission outside the boundary fails synthesis, with the function's file", async () => {
  const config = await loadEnvironment("dev");
  const error = await configurationError(Promise.resolve().then(() => synthesize(config)));
  expect(error).toMatchObject({ code: "outside-boundary", file: "functions/api/permissions.ts" });
  expect(error.message).toContain(
    "expected actions that deploy/10_core/permissions-boundary.ts allows functions, found sqs:PurgeQueue",
  );
});
