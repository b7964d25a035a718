import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ReleaseInput } from "../../../deploy/30_app/lambda/release-input";
import type { EnvironmentConfig } from "../../../deploy/config/environment-config";
import { eachOf } from "../../../deploy/shared/each-of";
import { liveAlias, naming } from "../../../deploy/shared/naming";
import { run, type CommandResult } from "../../../packages/local-cloud/src/command";
import { functionNames, type FunctionName } from "../../../scripts/build/paths";

/** Runs a release program, as Terraform does. @returns its exit code and its output */
export async function runRelease(
  program: Uint8Array,
  versions: Readonly<Record<FunctionName, string>>,
  config: EnvironmentConfig,
  env: NodeJS.ProcessEnv,
): Promise<CommandResult> {
  const folder = mkdtempSync(join(tmpdir(), "release-"));
  const path = join(folder, "release.cjs");
  writeFileSync(path, program);
  const input: ReleaseInput = {
    ...{ region: config.core.region, alias: liveAlias, commit: "faults" },
    functions: eachOf(functionNames, (name) => ({
      ...{ name: naming(config)(name), version: versions[name], timeout_seconds: 30 },
    })),
    ...{ error_percent: 1, duration_percent: 80 },
    ...{ watch_seconds: 0, canary_percent: 0, canary_seconds: 0, kept_releases: 10 },
  };
  try {
    return await run(process.execPath, [path], { ...env, RELEASE: JSON.stringify(input) });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
