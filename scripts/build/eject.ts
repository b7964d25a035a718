import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { displayPath, environmentNames, tfvarsPath } from "../../deploy/config/environments";
import { layers } from "../../deploy/shared/layers";
import { stackId } from "../../deploy/shared/naming";
import { ejectStacks } from "../../packages/cdktf-eject/src/eject-stacks";
import { run } from "../../packages/local-cloud/src/command";
import { StepReporter } from "../../packages/local-cloud/src/step-reporter";
import { withTerraform } from "../../packages/local-cloud/src/terraform";
import { userError } from "../core/errors";
import { runCdktf } from "../local/cdktf";
import { build } from "./build";

/** Writes every stack of every environment as HCL, and prints the folders and the next commands. */
export async function eject(folder: string): Promise<void> {
  const written = await new StepReporter().run("eject", (report) => ejectInto(resolve(folder), report));
  for (const each of written) console.log(`  wrote ${each}`);
  const [first = folder] = written;
  console.log(`\nNext: terraform -chdir=${first} init && terraform -chdir=${first} plan`);
}

/**
 * Writes a folder for each layer, in a folder for each environment.
 * @returns the folders, in the order in which they are applied
 */
async function ejectInto(folder: string, report: (line: string) => void): Promise<string[]> {
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw userError(
      `${folder} is not empty.`,
      "a folder that does not exist, or is empty",
      "name another one",
    );
  const scratch = mkdtempSync(join(tmpdir(), "eject-"));
  try {
    // All environments, whatever ENVIRONMENT is set to.
    const env = { ...(await withTerraform(process.env)), ENVIRONMENT: undefined, CDKTF_OUTPUT: undefined };
    report("building");
    await build();
    report("synthesizing");
    const output = join(scratch, "cdktf.out");
    const log = join(scratch, "log");
    await runCdktf({ parameters: ["synth", "--output", output], env, log, report: () => undefined });
    const stacks = environmentNames().flatMap((environment) =>
      layers.map((layer) => {
        // The layer's folder in deploy/, such as `10_core`.
        const [, name = ""] = displayPath(tfvarsPath(layer, environment, "terraform")).split("/");
        const source = join(output, "stacks", stackId(layer, environment));
        return { source, target: join(folder, environment, name) };
      }),
    );
    const schema = join(scratch, "schema");
    mkdirSync(schema);
    const terraform = (...parameters: string[]) => runTerraform(env, parameters);
    await ejectStacks(stacks, { scratch: schema, terraform, report });
    return stacks.map(({ target }) => target);
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

async function runTerraform(env: NodeJS.ProcessEnv, parameters: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await run("terraform", parameters, env, dirname(tmpdir()));
  if (exitCode === 0) return stdout;
  throw userError(
    `terraform ${parameters.join(" ")} failed:\n${stderr}`,
    "exit code 0",
    "eject calls no cloud: check how Terraform finds its providers",
  );
}
