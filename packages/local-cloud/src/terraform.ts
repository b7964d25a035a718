import { delimiter, dirname, join } from "node:path";
import * as z from "zod";
import { allOnPath, run } from "./command";
import { inherited, type TerraformTool } from "./child-environment";
import { localPaths, type LocalPaths } from "./local-paths";
import { parseJson } from "./parse-json";
import { providerSource } from "./provider-mirror";
import { downloadTerraform, type Download } from "./terraform-download";
import { temporaryFolderFor } from "./temporary-folder";
import { oldestTerraform } from "./terraform-release";

/** The target of `node_modules/.bin/terraform`; it runs the Terraform that `findTerraform` returns. */
export const terraformLauncher = join(__dirname, "..", "bin", "terraform.cjs");

const versionOutput = z.object({ terraform_version: z.string() });

/**
 * Terraform ≥ 1.11 from PATH, else the pinned one: from HashiCorp, or from the mirror that LOCAL_CLOUD_RELEASES_URL names.
 * @throws {LocalCloudError} when there is neither
 */
export async function findTerraform(
  paths: LocalPaths,
  from: NodeJS.ProcessEnv = process.env,
  download: Omit<Download, "tools"> = {},
): Promise<TerraformTool> {
  const path =
    (await recentOnPath(from)) ??
    (await downloadTerraform({ baseUrl: from.LOCAL_CLOUD_RELEASES_URL, ...download, tools: paths.tools }));
  return { path, environment: providerSource(paths, from) };
}

/**
 * An environment in which commands find Terraform, and Terraform its providers. cdktf runs it through the launcher.
 * @throws {LocalCloudError} when there is no Terraform, or TMPDIR cannot be used
 */
export async function withTerraform(env: NodeJS.ProcessEnv): Promise<NodeJS.ProcessEnv> {
  const { path, environment } = await findTerraform(localPaths(env), env);
  return {
    ...env,
    ...temporaryFolderFor(env),
    PATH: [dirname(path), env.PATH].join(delimiter),
    ...environment,
    TERRAFORM_BINARY_NAME: terraformLauncher,
    LOCAL_CLOUD_TERRAFORM: path,
    CHECKPOINT_DISABLE: "1",
  };
}

async function recentOnPath(from: NodeJS.ProcessEnv): Promise<string | undefined> {
  for (const candidate of new Set(allOnPath("terraform", from.PATH)))
    if (await isRecent(candidate, from)) return candidate;
  return undefined;
}

async function isRecent(path: string, from: NodeJS.ProcessEnv): Promise<boolean> {
  const { stdout } = await run(path, ["version", "-json"], {
    ...inherited(from),
    CHECKPOINT_DISABLE: "1",
    // Launchers, of any copy of the repository, fail with this variable instead of searching recursively.
    LOCAL_CLOUD_TERRAFORM_SEARCH: "1",
  });
  const version = versionOutput.safeParse(parseJson(stdout)).data?.terraform_version ?? "0.0";
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [oldestMajor, oldestMinor] = oldestTerraform;
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}
