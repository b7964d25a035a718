import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { localHome } from "./home";
import { providerSource } from "./provider-mirror";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mirror-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});
const home = () => localHome({ LOCAL_CLOUD_HOME: join(folder, "home") });

test("a mirror is used for what it has, and the registry for the rest", () => {
  const mirror = join(folder, "plugins");
  mkdirSync(join(mirror, "registry.terraform.io", "hashicorp", "aws"), { recursive: true });
  const source = providerSource(home(), { TF_CLI_CONFIG_FILE: join(folder, "missing.rc") }, [
    "/nowhere",
    mirror,
  ]);
  expect(source).toEqual({ TF_CLI_CONFIG_FILE: home().terraformConfig, CDKTF_SKIP_PROVIDER_LOCK: "true" });
  const config = readFileSync(home().terraformConfig, "utf8");
  expect(config).toContain(`path    = "${mirror}"\n    include = ["registry.terraform.io/hashicorp/aws"]`);
  expect(config).toContain(`exclude = ["registry.terraform.io/hashicorp/aws"]`);
});

test("the person's own configuration comes first", () => {
  const own = join(folder, "own.rc");
  writeFileSync(own, "");
  expect(providerSource(home(), { TF_CLI_CONFIG_FILE: own }, [])).toEqual({ TF_CLI_CONFIG_FILE: own });
});

test("without either, what the registry gives is kept", () => {
  expect(providerSource(home(), {}, [])).toMatchObject({ TF_PLUGIN_CACHE_DIR: home().pluginCache });
});
