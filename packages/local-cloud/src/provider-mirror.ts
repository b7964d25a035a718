import { accessSync, constants, existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { Home } from "./home";

const registry = "registry.terraform.io";

/**
 * Tells Terraform where providers are, in this order: the user's own CLI configuration, when it can be read; a
 * mirror on this machine; the registry, with what was downloaded kept for the next stack.
 */
export function providerSource(
  home: Home,
  { TF_CLI_CONFIG_FILE }: NodeJS.ProcessEnv,
  mirrors = likelyMirrors(),
): Record<string, string> {
  if (TF_CLI_CONFIG_FILE !== undefined && isReadable(TF_CLI_CONFIG_FILE)) return { TF_CLI_CONFIG_FILE };
  const mirror = mirrors.find((folder) => providersIn(folder).length > 0);
  if (mirror === undefined) {
    mkdirSync(home.pluginCache, { recursive: true });
    return { TF_PLUGIN_CACHE_DIR: home.pluginCache, TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE: "true" };
  }
  mkdirSync(home.folder, { recursive: true });
  writeFileSync(home.terraformConfig, mirrorConfig(mirror, providersIn(mirror)));
  // `terraform providers lock`, which cdktf runs first of all, requests them from the registry whatever the mirror has.
  return { TF_CLI_CONFIG_FILE: home.terraformConfig, CDKTF_SKIP_PROVIDER_LOCK: "true" };
}

/** Terraform's usual plugin folders, and those that images bring along under /opt. */
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

/** Terraform queries every source that may have a provider: what the mirror has is excluded from the registry. */
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
