import { parseArgs } from "node:util";
import * as z from "zod";
import { layers } from "../deploy/shared/layers";
import { stackId } from "../deploy/shared/naming";
import { environmentAccount, type EnvironmentAccount } from "./bootstrap/environment-account";
import { environmentArgument } from "./local/arguments";
import { confirmTarget } from "./local/confirm";
import { wrongUsage } from "./local/errors";
import { runMain } from "./local/run-main";
import { restoreState } from "./state/restore-state";
import { resourceCount } from "./state/state-file";
import { listVersions, readVersion, type StateVersion } from "./state/state-versions";

const usage = `npm run state -- <environment> <core|infra|app> list
npm run state -- <environment> <core|infra|app> restore <version id> [--yes]

Lists the versions that S3 has kept of a layer's Terraform state, the newest first, or makes an earlier one the
current one: as a new version, under the state's lock. It changes what Terraform knows, not what is deployed.
Goes to AWS, or to the emulator that AWS_ENDPOINT_URL names.

  --yes  do not ask before restoring at AWS`;

/** Each is read whole, to count what is in it. */
const mostListed = 30;

const request = z.union([
  z.tuple([z.enum(layers), z.literal("list")]),
  z.tuple([z.enum(layers), z.literal("restore"), z.string()]),
]);

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { yes: { type: "boolean" }, help: { type: "boolean" } },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  const name = environmentArgument(positionals.slice(0, 1), usage);
  const { success, data } = request.safeParse(positionals.slice(1));
  if (!success) throw wrongUsage(`Expected a layer and what to do, found "${positionals.join(" ")}".`, usage);
  const place = await environmentAccount(name);
  console.log(`Account ${place.account} at ${place.endpoint}, region ${place.config.core.region}:`);
  const [layer, , version] = data;
  const backend = place.config.backends[layer];
  if (version === undefined) {
    await list(place, await listVersions(place.clients.s3, backend), layer);
    return;
  }
  const stack = stackId(layer, name);
  if (place.isAws && !values.yes) await confirmTarget(`Make version ${version} the state of ${stack}?`);
  const state = await restoreState({ ...place, layer, version });
  console.log(`  ${stack} has the state of version ${version} again: ${resourceCount(state)} resources`);
  console.log(`  serial ${state.serial}; see what differs: npx cdktf diff ${stack}`);
}

async function list(
  { config, clients }: EnvironmentAccount,
  versions: readonly StateVersion[],
  layer: (typeof layers)[number],
): Promise<void> {
  if (versions.length === 0) console.log("  there is no state");
  for (const version of versions.slice(0, mostListed)) {
    const what = version.deleted
      ? "deleted"
      : contents(await readVersion(clients.s3, config.backends[layer], version.id));
    const time = version.written.toISOString().replace(/\.\d+/, "");
    console.log(`  ${version.id}  ${time}  ${what}${version.isCurrent ? "  (current)" : ""}`);
  }
  const older = versions.length - mostListed;
  if (older > 0) console.log(`  and ${older} older`);
}

function contents(found: Awaited<ReturnType<typeof readVersion>>): string {
  if (found === undefined) return "no state";
  const { state, restoredBy } = found;
  const by = restoredBy === undefined ? "" : `, restored by ${restoredBy}`;
  return `serial ${state.serial}, ${resourceCount(state)} resources${by}`;
}

runMain(main);
