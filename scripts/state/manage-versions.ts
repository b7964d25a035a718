import type { EnvironmentStack } from "../bootstrap/environment-stacks";
import type { Target } from "../core/target";
import { restoreState } from "../../packages/terraform-backend/src/restore-state";
import { resourceCount } from "../../packages/terraform-backend/src/state-file";
import {
  listVersions,
  readVersion,
  type StateVersion,
} from "../../packages/terraform-backend/src/state-versions";
import { unlessLocked } from "./state-failure";

/** Each version is downloaded, to count its resources. */
const mostListed = 30;

/** Prints the versions of a layer's state in S3, the newest first. */
export async function printVersions(stack: EnvironmentStack): Promise<StateVersion[]> {
  const { layer, account } = stack;
  const { config, clients } = account;
  const versions = await listVersions(clients.s3, config.backends[layer]);
  const shown = versions.slice(0, mostListed);
  if (versions.length === 0) console.log("  there is no state");
  for (const version of shown) {
    const what = version.deleted ? "deleted" : await contents(stack, version);
    const time = version.written.toISOString().replace(/\.\d+/, "");
    console.log(`  ${version.id}  ${time}  ${what}${version.isCurrent ? "  (current)" : ""}`);
  }
  if (versions.length > shown.length) console.log(`  and ${versions.length - shown.length} older`);
  return shown;
}

async function contents({ layer, account: { config, clients } }: EnvironmentStack, { id }: StateVersion) {
  const found = await readVersion(clients.s3, config.backends[layer], id);
  if (found === undefined) return "no state";
  const { state, restoredBy } = found;
  const by = restoredBy === undefined ? "" : `, restored by ${restoredBy}`;
  return `serial ${state.serial}, ${resourceCount(state)} resources${by}`;
}

/** Restores an earlier version of a layer's state. */
export async function restoreVersion(
  { confirm }: Pick<Target, "confirm">,
  { id: stack, layer, account: { config, clients } }: EnvironmentStack,
  version: string,
) {
  await confirm(`Restore version ${version} of the state of ${stack}?`);
  const state = await unlessLocked(stack, restoreState(config.backends[layer], clients, version));
  console.log(`  ${stack} has the state of version ${version} again: ${resourceCount(state)} resources`);
  console.log(`  serial ${state.serial}; see what differs: npx cdktf diff ${stack}`);
  return { stack, version, serial: state.serial };
}
