import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { localPaths } from "./local-paths";
import { providerSource } from "./provider-mirror";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mirror-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});
const paths = () => localPaths({ LOCAL_CLOUD_HOME: join(folder, "home") });

test("a mirror is used for its providers, and the registry for all others", () => {
  const mirror = join(folder, "plugins");
  mkdirSync(join(mirror, "registry.terraform.io", "hashicorp", "aws"), { recursive: true });
  const source = providerSource(paths(), { TF_CLI_CONFIG_FILE: join(folder, "missing.rc") }, [
    "/nowhere",
    mirror,
  ]);
  expect(source).toEqual({
    TF_CLI_CONFIG_FILE: paths().terraformConfig,
    CDKTF_SKIP_PROVIDER_LOCK: "true",
    CDKTF_DISABLE_PLUGIN_CACHE_ENV: "true",
  });
  const config = readFileSync(paths().terraformConfig, "utf8");
  expect(config).toContain(`path    = "${mirror}"\n    include = ["registry.terraform.io/hashicorp/aws"]`);
  expect(config).toContain(`exclude = ["registry.terraform.io/hashicorp/aws"]`);
});

test("the user's own configuration has priority", () => {
  const own = join(folder, "own.rc");
  writeFileSync(own, "");
  expect(providerSource(paths(), { TF_CLI_CONFIG_FILE: own }, [])).toEqual({ TF_CLI_CONFIG_FILE: own });
});

test("without both, downloads of the registry are cached", () => {
  expect(providerSource(paths(), {}, [])).toMatchObject({ TF_PLUGIN_CACHE_DIR: paths().pluginCache });
});
