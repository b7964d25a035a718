import { displayPath, tfvarsPath } from "../../deploy/config/environments";
import type { EnvironmentConfig } from "../../deploy/config/environment-config";
import { stillProtected } from "./errors";

/**
 * Asserts that an environment may be destroyed.
 * @throws {CommandError} with the settings to change, when it is protected
 */
export function assertUnprotected({ name, core, infra }: EnvironmentConfig): void {
  if (!core.protected) return;
  const fileOf = (layer: "core" | "infra") => displayPath(tfvarsPath(layer, name, "terraform"));
  throw stillProtected(name, [
    `${fileOf("core")}: protected = false`,
    ...(infra.table.enabled ? [`${fileOf("infra")}: table.deletion_protection = false`] : []),
  ]);
}
