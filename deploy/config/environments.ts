import { readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";
import type { Layer } from "../shared/layers";

const deployFolder = join(__dirname, "..");
const folders: Record<Layer, string> = { core: "10_core", infra: "20_infra", app: "30_app" };

/** The environments: the folders in `deploy/10_core/environments`. */
export function environmentNames(root = deployFolder): string[] {
  return readdirSync(join(root, folders.core, "environments"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

export type TfvarsFile = "terraform" | "backend";

/** Absolute path of a tfvars file of a layer in an environment. */
export const tfvarsPath = (layer: Layer, environment: string, file: TfvarsFile, root = deployFolder) =>
  join(root, folders[layer], "environments", environment, `${file}.tfvars`);

/** The path from the repository's root, for messages: `deploy/10_core/environments/dev/terraform.tfvars`. */
export const displayPath = (path: string, root = deployFolder) =>
  join("deploy", relative(root, path)).split(sep).join("/");
