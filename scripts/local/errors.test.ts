import { deployFailed } from "./errors";

const bucket = "    Error: deleting S3 Bucket (uploads): api error BucketNotEmpty: The bucket is not empty";
const failed = (lastLines: string, isLocal: boolean) =>
  deployFailed("cdktf deploy *-dev", "/home/deploy.log", lastLines, isLocal).message;

test("a local deployment that fails names the log, and reset", () => {
  const message = failed("    Error: something else", true);
  expect(message).toMatch(/^cdktf deploy \*-dev failed:\n {4}Error: something else\n {2}expected /);
  expect(message).toContain("read /home/deploy.log");
  expect(message).toContain("npm run cli -- reset");
});

test("a bucket with objects that blocks a local start or destroy is explained, with reset as the way out", () => {
  const message = failed(bucket, true);
  expect(message).toContain("Terraform does not delete a bucket that has objects.");
  expect(message).toMatch(
    /\n {2}next {6}delete its objects, or everything in the local cloud: npm run cli -- reset$/,
  );
});

test.each([
  ["a bucket with objects", bucket],
  ["any other failure", "    Error: something else"],
])("reset is not named for a deployment to AWS: %s", (_what, lastLines) => {
  expect(failed(lastLines, false)).not.toContain("reset");
});
