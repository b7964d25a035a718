import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as z from "zod";
import { loadEnvironment } from "../config/load-environment";
import { ConfigurationError } from "../shared/errors";
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
  const dev = await loadEnvironment("dev");
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
