import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { hclFiles } from "./hcl-files";
import { ProviderSchemas } from "./provider-schema";
import { stackJson, type StackJson } from "./stack";

export interface EjectedStack {
  /** The synthesized folder: `cdktf.out/stacks/<stack>`. */
  readonly source: string;
  /** The folder to write to. */
  readonly target: string;
}

export interface EjectOptions {
  /** An empty folder for the providers, which are installed to read their schemas. */
  readonly scratch: string;
  /** Runs Terraform and returns its standard output; rejects when it fails. */
  readonly terraform: (...parameters: string[]) => Promise<string>;
  readonly report?: (line: string) => void;
}

/**
 * Writes stacks as HCL, with the files that they refer to. Addresses and backends are kept, for existing states.
 * @throws {Error} when a stack has an unknown kind of block
 */
export async function ejectStacks(
  stacks: readonly EjectedStack[],
  { scratch, terraform, report = () => undefined }: EjectOptions,
): Promise<void> {
  const parsed = stacks.map(({ source, target }) => {
    const json = stackJson.parse(JSON.parse(readFileSync(join(source, "cdk.tf.json"), "utf8")));
    return { source, target, json };
  });
  report("reading the provider's schema");
  const schemas = await readSchemas(
    parsed.map(({ json }) => json),
    scratch,
    terraform,
  );
  report("writing and formatting");
  for (const { source, target, json } of parsed) {
    mkdirSync(target, { recursive: true });
    for (const [name, text] of hclFiles(json, schemas)) writeFileSync(join(target, name), text);
    for (const folder of readdirSync(source, { withFileTypes: true }))
      if (folder.isDirectory() && folder.name !== ".terraform")
        cpSync(join(source, folder.name), join(target, folder.name), { recursive: true });
    await terraform("fmt", target);
  }
}

/** Reads the schemas in a folder without a backend, which would have to be reachable. */
async function readSchemas(
  stacks: readonly StackJson[],
  folder: string,
  terraform: EjectOptions["terraform"],
): Promise<ProviderSchemas> {
  const providers: object[] = stacks.map(({ terraform: { required_providers } }) => required_providers);
  const configuration = {
    terraform: { required_providers: Object.fromEntries(providers.flatMap(Object.entries)) },
    // Terraform reports the schema of its own data source only where it is used.
    data: { terraform_remote_state: { used: { backend: "local" } } },
  };
  writeFileSync(join(folder, "main.tf.json"), JSON.stringify(configuration));
  await terraform(`-chdir=${folder}`, "init", "-input=false", "-no-color");
  return new ProviderSchemas(await terraform(`-chdir=${folder}`, "providers", "schema", "-json"));
}
