import { delimiter, dirname, join } from "node:path";
import * as z from "zod";
import { allOnPath, run } from "./command";
import { inherited, type TerraformTool } from "./child-environment";
import { localHome, type Home } from "./home";
import { parseJson } from "./parse-json";
import { providerSource } from "./provider-mirror";
import { downloadTerraform, type Download } from "./terraform-download";
import { temporaryFolderFor } from "./temporary-folder";
import { oldestTerraform } from "./terraform-release";

/** What `node_modules/.bin/terraform` links to; it runs the Terraform that is found here. */
export const terraformLauncher = join(__dirname, "..", "bin", "terraform.cjs");

const versionAnswer = z.object({ terraform_version: z.string() });

/**
 * Terraform ≥ 1.11 from PATH, else the pinned one: from HashiCorp, or from the mirror that LOCAL_CLOUD_RELEASES_URL names.
 * @throws {LocalCloudError} when there is neither
 */
export async function findTerraform(
  home: Home,
  from: NodeJS.ProcessEnv = process.env,
  download: Omit<Download, "tools"> = {},
): Promise<TerraformTool> {
  const path =
    (await recentOnPath(from)) ??
    (await downloadTerraform({ baseUrl: from.LOCAL_CLOUD_RELEASES_URL, ...download, tools: home.tools }));
  return { path, environment: providerSource(home, from) };
}

/**
 * An environment in which commands find Terraform, and Terraform its providers. cdktf and we run it through the launcher.
 * @throws {LocalCloudError} when there is no Terraform, or TMPDIR cannot be used
 */
export async function withTerraform(env: NodeJS.ProcessEnv): Promise<NodeJS.ProcessEnv> {
  const { path, environment } = await findTerraform(localHome(env), env);
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
    // A launcher, of this copy of the repository or another, is no Terraform: it would search in turn, without end.
    LOCAL_CLOUD_TERRAFORM_SEARCH: "1",
  });
  const version = versionAnswer.safeParse(parseJson(stdout)).data?.terraform_version ?? "0.0";
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [oldestMajor, oldestMinor] = oldestTerraform;
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
}
