import { releaseCommand, repairCommand } from "./release-command";
import { StateLockedError } from "../../packages/terraform-backend/src/errors";
import { StateFailure, unlessLocked } from "./state-failure";

/** The message of `errorFor` for an output of Terraform. */
function errorOf(output: string) {
  const failure = new StateFailure();
  for (const line of output.split("\n")) failure.read(line);
  return failure.errorFor("infra-prod", { AWS_ENDPOINT_URL: "http://127.0.0.1:1" }, undefined)?.message;
}

test("a wrong digest names the repair command with the endpoint", () => {
  const message =
    errorOf(`│ Error: Error refreshing state: state data in S3 does not have the expected content.
│
│ The checksum calculated for the state stored in S3 does not match the checksum
│ stored in DynamoDB.`);
  expect(message).toContain("infra-prod");
  expect(message).toContain(
    "AWS_ENDPOINT_URL=http://127.0.0.1:1 npm run cli -- repair prod --aws, then try again",
  );
});

test("a wrong digest is recognized when the terminal wraps the message", () => {
  expect(errorOf("│ The checksum calculated for the state stored\n│ in S3 does not match")).toContain(
    "npm run cli -- repair",
  );
});

test("a lock names the release command; other failures name none", () => {
  expect(errorOf("│ Error: Error acquiring the state lock\n│   ID:        a-lock")).toContain(
    "npm run cli -- locks prod --release a-lock --aws",
  );
  expect(errorOf("│ Error: creating SQS Queue: AccessDenied")).toBeUndefined();
});

test("a command omits variables that the user's environment already has", () => {
  expect(repairCommand("dev", process.env)).toBe("npm run cli -- repair dev --aws");
});

test("the release command includes an endpoint that the user's environment lacks", () => {
  const command = `npm run cli -- locks dev --release a-lock --aws`;
  expect(releaseCommand("dev", "a-lock", process.env)).toBe(command);
  expect(releaseCommand("dev", "a-lock", { AWS_ENDPOINT_URL: "http://127.0.0.1:1", PATH: "/bin" })).toBe(
    `AWS_ENDPOINT_URL=http://127.0.0.1:1 ${command}`,
  );
});

test("a StateLockedError becomes an error with the release command; other errors are unchanged", async () => {
  const holder = { ID: "a-lock", Operation: "repair", Who: "root@build-7", Created: "unknown" };
  const backend = { bucket: "b", key: "k", region: "eu-central-1", dynamodb_table: "t" };
  const locked = Promise.reject(new StateLockedError(backend, holder));
  await expect(unlessLocked("core-prod", locked)).rejects.toMatchObject({
    name: "CommandError",
    message: expect.stringMatching(
      /^The state of core-prod is locked: root@build-7[^]*npm run cli -- locks prod --release a-lock --aws$/,
    ) as unknown,
  });
  const other = new Error("other");
  await expect(unlessLocked("core-prod", Promise.reject(other))).rejects.toBe(other);
});

test("a state of the second region names the environment without the region", async () => {
  const holder = { ID: "a-lock", Operation: "apply", Who: "root@build-7", Created: "unknown" };
  const backend = { bucket: "b", key: "k", region: "eu-west-1", dynamodb_table: "t" };
  const locked = Promise.reject(new StateLockedError(backend, holder));
  await expect(unlessLocked("infra-prod-eu-west-1", locked)).rejects.toThrow(
    "npm run cli -- locks prod --release a-lock",
  );
});
