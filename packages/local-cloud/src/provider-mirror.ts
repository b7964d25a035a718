import { accessSync, constants, existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { LocalPaths } from "./local-paths";

const registry = "registry.terraform.io";

/**
 * Variables that configure the source of providers, in this order: the user's own CLI configuration, if readable; a mirror
 * on this machine; the registry, with a cache.
 */
export function providerSource(
  paths: LocalPaths,
  { TF_CLI_CONFIG_FILE }: NodeJS.ProcessEnv,
  mirrors = likelyMirrors(),
): Record<string, string> {
  if (TF_CLI_CONFIG_FILE !== undefined && isReadable(TF_CLI_CONFIG_FILE)) return { TF_CLI_CONFIG_FILE };
  const mirror = mirrors.find((folder) => providersIn(folder).length > 0);
  if (mirror === undefined) {
    mkdirSync(paths.pluginCache, { recursive: true });
    return { TF_PLUGIN_CACHE_DIR: paths.pluginCache, TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE: "true" };
  }
  mkdirSync(paths.folder, { recursive: true });
  writeFileSync(paths.terraformConfig, mirrorConfig(mirror, providersIn(mirror)));
  // `terraform providers lock`, which cdktf runs first, always calls the registry.
  // cdktf sets a plugin cache in the home folder, which a mirror does not need, and which Terraform does not lock: of
  // several `terraform init` at once, all but one may fail.
  return {
    TF_CLI_CONFIG_FILE: paths.terraformConfig,
    CDKTF_SKIP_PROVIDER_LOCK: "true",
    CDKTF_DISABLE_PLUGIN_CACHE_ENV: "true",
  };
}

/** Terraform's implied mirror folders, and folders in /opt, where images may have a mirror. */
function likelyMirrors(): string[] {
  const opt = existsSync("/opt") ? readdirSync("/opt").map((name) => join("/opt", name)) : [];
  return [
    join(homedir(), ".terraform.d", "plugins"),
    join(homedir(), ".local", "share", "terraform", "plugins"),
    join(homedir(), "Library", "Application Support", "io.terraform", "plugins"),
    "/usr/local/share/terraform/plugins",
    "/usr/share/terraform/plugins",
    ...opt,
  ];
}

/** `registry.terraform.io/hashicorp/aws`, … */
function providersIn(mirror: string): string[] {
  const host = join(mirror, registry);
  return foldersIn(host).flatMap((namespace) =>
    foldersIn(join(host, namespace)).map((type) => `${registry}/${namespace}/${type}`),
  );
}

const foldersIn = (folder: string): string[] => {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
  } catch {
    return [];
  }
};

/** Excludes the mirror's providers from the registry, since Terraform queries every source of a provider. */
const mirrorConfig = (mirror: string, providers: readonly string[]) => `provider_installation {
  filesystem_mirror {
    path    = ${JSON.stringify(mirror)}
    include = ${JSON.stringify(providers)}
  }
  direct {
    exclude = ${JSON.stringify(providers)}
  }
}
`;

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}
