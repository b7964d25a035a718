import { repairCommand } from "./release-command";
import { StateFailure } from "./state-failure";

/** What `errorFor` makes of Terraform's output. */
function errorOf(output: string) {
  const failure = new StateFailure();
  for (const line of output.split("\n")) failure.read(line);
  return failure.errorFor("infra-prod", { AWS_ENDPOINT_URL: "http://127.0.0.1:1" }, undefined)?.message;
}

test("a wrong digest names the command that repairs it, with the endpoint that it was found at", () => {
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

test("a narrow terminal breaks the sentence, and it is known all the same", () => {
  expect(errorOf("│ The checksum calculated for the state stored\n│ in S3 does not match")).toContain(
    "npm run cli -- repair",
  );
});

test("a lock names the command that releases it; other failures name neither", () => {
  expect(errorOf("│ Error: Error acquiring the state lock\n│   ID:        a-lock")).toContain(
    "npm run cli -- locks prod --release a-lock --aws",
  );
  expect(errorOf("│ Error: creating SQS Queue: AccessDenied")).toBeUndefined();
});

test("nothing is repeated in the command that the person's own environment has", () => {
  expect(repairCommand("dev", process.env)).toBe("npm run cli -- repair dev --aws");
});
