import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { TerraformStack } from "cdktf";
import * as z from "zod";
import { exampleEnvironment } from "../testing/environments";
import { ConfigurationError } from "../shared/errors";
import { denyInsecureTransport, policyDocument } from "../shared/policy-document";
import { environmentStacks } from "../stacks";
import { exampleRepository } from "../testing/workflow-claims";
import { EmulatorApp } from "./emulator-app";

const outdir = mkdtempSync(join(tmpdir(), "emulator-app-"));
afterAll(() => {
  rmSync(outdir, { recursive: true });
});

const stackJson = z.object({
  terraform: z.object({ backend: z.object({ s3: z.record(z.string(), z.unknown()) }) }),
  provider: z.object({ aws: z.tuple([z.record(z.string(), z.unknown())]) }),
  data: z.object({
    terraform_remote_state: z.record(z.string(), z.object({ config: z.record(z.string(), z.unknown()) })),
  }),
});

/** The infra stack of dev for an emulator, and what the app reported. */
async function infraForEmulator() {
  const app = new EmulatorApp({ outdir, stackTraces: false }, "http://127.0.0.1:4566");
  const dev = await exampleEnvironment("dev");
  environmentStacks(app, { ...dev, core: { ...dev.core, github: exampleRepository } });
  app.synth();
  const read = (path: string): unknown => JSON.parse(readFileSync(join(outdir, path), "utf8"));
  return {
    app,
    stack: stackJson.parse(read("stacks/infra-dev/cdk.tf.json")),
    manifest: JSON.stringify(read("manifest.json")),
  };
}

const forEmulator = { use_path_style: true, skip_credentials_validation: true };

test("the provider, the backend and remote states are adapted", async () => {
  const { stack } = await infraForEmulator();
  expect(stack.provider.aws[0]).toMatchObject({ s3_use_path_style: true, skip_metadata_api_check: "true" });
  expect(stack.terraform.backend.s3).toMatchObject(forEmulator);
  expect(stack.data.terraform_remote_state.core?.config).toMatchObject(forEmulator);
});

test("a bucket's policy of removed statements only is no resource, and others stay", () => {
  const app = new EmulatorApp({ outdir, stackTraces: false }, "http://127.0.0.1:4566");
  const stack = new TerraformStack(app, "buckets");
  new AwsProvider(stack, "aws");
  const allow = {
    Sid: "Read",
    Effect: "Allow",
    Principal: "*",
    Action: "s3:GetObject",
    Resource: "arn",
  } as const;
  const deny = denyInsecureTransport("s3:*", ["arn"]);
  new S3BucketPolicy(stack, "tls", { bucket: "tls", policy: policyDocument([deny]) });
  new S3BucketPolicy(stack, "both", { bucket: "both", policy: policyDocument([deny, allow]) });
  app.synth();
  const { resource } = JSON.parse(readFileSync(join(outdir, "stacks/buckets/cdk.tf.json"), "utf8")) as {
    readonly resource: { readonly aws_s3_bucket_policy: Readonly<Record<string, { policy: string }>> };
  };
  expect(Object.keys(resource.aws_s3_bucket_policy)).toEqual(["both"]);
  expect(resource.aws_s3_bucket_policy.both?.policy).not.toContain("DenyInsecureTransport");
  expect(app.aspect.removed.map(({ resource: path }) => path).sort()).toEqual([
    "buckets/both",
    "buckets/tls",
  ]);
});

test("removed statements and conditions are data, and messages of their resources in the manifest", async () => {
  const { app, manifest } = await infraForEmulator();
  expect(app.aspect.removed).toContainEqual({
    resource: "infra-dev/task-queue/tasks/Resource",
    statement: "DenyInsecureTransport",
  });
  expect(app.aspect.removed).toContainEqual({
    resource: "core-dev/github/deploy-app",
    statement: "WritePassedRoles",
    key: "iam:PassedToService",
  });
  expect(manifest).toContain("does not enforce the statement DenyInsecureTransport: it is removed");
});

test.each(["ftp://127.0.0.1", ""])("the endpoint %j, no http or https URL, is rejected", (endpoint) => {
  expect(() => new EmulatorApp({ outdir }, endpoint)).toThrow(ConfigurationError);
});
