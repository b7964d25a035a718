import { integer, option } from "../../packages/command-line/src/arguments";
import { defineCloudCommand } from "../core/cloud-command";

export default defineCloudCommand({
  group: "Operate",
  description: "Apply the migrations of the database, or move its schema to a version.",
  details:
    "Invokes the function that deployments invoke, so that the database stays in its network. Without --to, the schema gets the newest version, and one that is newer stays as it is. An earlier version reverts the migrations after it, with the data that only they have. docs/operations/stores.md.",
  examples: ["migrate dev", "migrate prod --to 1 --aws"],
  options: { to: option("version", "The version of the schema; 0 reverts all.", integer("to", 0, 100_000)) },
  json: "the versions before and after, and those applied or reverted",
  confirms: "before",
  does: (name, { to }) => `migrate the database of ${name}${to === undefined ? "" : ` to version ${to}`}`,
  run: async ({ to }, { account }) => {
    const { migrateStore } = await import("../operations/migrate-store.js");
    return migrateStore(account, to);
  },
});
