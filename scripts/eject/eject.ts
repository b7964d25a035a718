import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { displayPath, environmentNames, tfvarsPath } from "../../deploy/config/environments";
import { layers } from "../../deploy/shared/layers";
import { stackId } from "../../deploy/shared/naming";
import { build } from "../build/build";
import { runCdktf } from "../local/cdktf";
import { run } from "../../packages/local-cloud/src/command";
import { withTerraform } from "../../packages/local-cloud/src/terraform";
import { folderTaken, terraformRefused } from "./errors";
import { hclFiles } from "./hcl-files";
import { ProviderSchemas } from "./provider-schema";
import { stackJson, type StackJson } from "./stack";

export interface EjectOptions {
  /** Absolute path of a folder that is not there yet, or is empty. */
  readonly folder: string;
  readonly report: (line: string) => void;
}

/**
 * Writes every stack of every environment as HCL: a folder for each layer in a folder for each environment, with the
 * zips that it names. Addresses and backends stay, so that the states that are there go on.
 * @returns the folders, in the order in which they are applied
 * @throws {CommandError}
 */
export async function eject({ folder, report }: EjectOptions): Promise<string[]> {
  if (existsSync(folder) && readdirSync(folder).length > 0) throw folderTaken(folder);
  const scratch = mkdtempSync(join(tmpdir(), "eject-"));
  try {
    // All environments, whichever the caller has chosen.
    const env = { ...(await withTerraform(process.env)), ENVIRONMENT: undefined, CDKTF_OUTPUT: undefined };
    report("building");
    await build();
    report("synthesizing");
    const log = join(scratch, "log");
    const output = join(scratch, "cdktf.out");
    await runCdktf({ parameters: ["synth", "--output", output], env, log, report: () => undefined });
    const stacks = stacksIn(output);
    report("reading the provider's schema");
    const schemas = await readSchemas(stacks, join(scratch, "schema"), env);
    const written = stacks.map(({ source, layer, environment, json }) => {
      const target = join(folder, environment, layer);
      mkdirSync(target, { recursive: true });
      for (const [name, text] of hclFiles(json, schemas)) writeFileSync(join(target, name), text);
      const artifacts = join(source, "artifacts");
      if (existsSync(artifacts)) cpSync(artifacts, join(target, "artifacts"), { recursive: true });
      return target;
    });
    report("formatting");
    await terraform(env, "fmt", "-recursive", folder);
    return written;
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

interface Stack {
  readonly source: string;
  readonly environment: string;
  /** `10_core`, as the layer's folder in deploy/ is called. */
  readonly layer: string;
  readonly json: StackJson;
}

function stacksIn(output: string): Stack[] {
  return environmentNames().flatMap((environment) =>
    layers.map((layer): Stack => {
      const source = join(output, "stacks", stackId(layer, environment));
      const [, layerFolder = ""] = displayPath(tfvarsPath(layer, environment, "terraform")).split("/");
      const json = stackJson.parse(JSON.parse(readFileSync(join(source, "cdk.tf.json"), "utf8")));
      return { source, environment, layer: layerFolder, json };
    }),
  );
}

/** Asks Terraform, in a folder that has the providers and nothing else: a backend would have to be reached. */
async function readSchemas(stacks: readonly Stack[], folder: string, env: NodeJS.ProcessEnv) {
  const required_providers = Object.assign(
    {},
    ...stacks.map(({ json }) => json.terraform.required_providers),
  ) as object;
  // Terraform tells the schema of its own data source where it is used only.
  const terraform_remote_state = { used: { backend: "local" } };
  mkdirSync(folder);
  writeFileSync(
    join(folder, "main.tf.json"),
    JSON.stringify({ terraform: { required_providers }, data: { terraform_remote_state } }),
  );
  await terraform(env, `-chdir=${folder}`, "init", "-input=false", "-no-color");
  return new ProviderSchemas(await terraform(env, `-chdir=${folder}`, "providers", "schema", "-json"));
}

async function terraform(env: NodeJS.ProcessEnv, ...parameters: string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await run("terraform", parameters, env, dirname(tmpdir()));
  if (exitCode !== 0) throw terraformRefused(parameters.join(" "), stderr);
  return stdout;
}
