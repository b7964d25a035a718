import { readFileSync } from "node:fs";
import { tfvarsPath } from "../../deploy/config/environments";
import { settingOf } from "../../packages/hcl-edit/src/setting";

/** The prefix of an environment's names, from its tfvars; read at once, since names of tests have it. */
export function prefixOf(environment: string): string {
  const tfvars = readFileSync(tfvarsPath("core", environment, "terraform"), "utf8");
  return `${String(JSON.parse(settingOf(tfvars, "project") ?? '""'))}-${environment}`;
}

/** The prefix of the names of dev, the environment that `npm start` runs. */
export const devPrefix = prefixOf("dev");
