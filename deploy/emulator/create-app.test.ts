import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as z from "zod";
import { loadEnvironment } from "../config/load-environment";
import { ConfigurationError } from "../shared/errors";
import { environmentStacks } from "../stacks";
import { createApp, EmulatorApp } from "./create-app";

const outdir = mkdtempSync(join(tmpdir(), "create-app-"));
afterAll(() => {
  rmSync(outdir, { recursive: true });
});
afterEach(() => {
  delete process.env.AWS_ENDPOINT_URL;
});

const stackJson = z.object({
  terraform: z.object({ backend: z.object({ s3: z.record(z.string(), z.unknown()) }) }),
  provider: z.object({ aws: z.tuple([z.record(z.string(), z.unknown())]) }),
  data: z.object({
    terraform_remote_state: z.record(z.string(), z.object({ config: z.record(z.string(), z.unknown()) })),
  }),
});

/** The infra stack of dev, and what the app reported. */
async function infraFor(endpoint: string | undefined) {
  if (endpoint !== undefined) process.env.AWS_ENDPOINT_URL = endpoint;
  const app = createApp({ outdir, stackTraces: false });
  environmentStacks(app, await loadEnvironment("dev"));
  app.synth();
  const read = (path: string): unknown => JSON.parse(readFileSync(join(outdir, path), "utf8"));
  return {
    app,
    stack: stackJson.parse(read("stacks/infra-dev/cdk.tf.json")),
    manifest: JSON.stringify(read("manifest.json")),
  };
}

const forEmulator = { use_path_style: true, skip_credentials_validation: true };

test.each([undefined, ""])("AWS_ENDPOINT_URL=%j selects AWS", async (endpoint) => {
  const { app, stack, manifest } = await infraFor(endpoint);
  expect(app).not.toBeInstanceOf(EmulatorApp);
  expect(stack.terraform.backend.s3).not.toHaveProperty("use_path_style");
  expect(stack.provider.aws[0]).not.toHaveProperty("s3_use_path_style");
  expect(manifest).not.toContain("removed");
});

test("AWS_ENDPOINT_URL selects the emulator for the provider, the backend and remote states", async () => {
  const { stack } = await infraFor("http://127.0.0.1:4566");
  expect(stack.provider.aws[0]).toMatchObject({ s3_use_path_style: true, skip_metadata_api_check: "true" });
  expect(stack.terraform.backend.s3).toMatchObject(forEmulator);
  expect(stack.data.terraform_remote_state.core?.config).toMatchObject(forEmulator);
});

test("removed statements and conditions are data, and messages of their resources in the manifest", async () => {
  const { app, manifest } = await infraFor("http://127.0.0.1:4566");
  if (!(app instanceof EmulatorApp)) throw new Error("expected an EmulatorApp");
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

test("an endpoint that is not an http or https URL is rejected", () => {
  process.env.AWS_ENDPOINT_URL = "ftp://127.0.0.1";
  expect(() => createApp({ outdir })).toThrow(ConfigurationError);
});
