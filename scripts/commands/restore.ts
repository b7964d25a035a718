import { flag, string } from "../../packages/command-line/src/arguments";
import { defineCloudCommand } from "../core/cloud-command";
import { tableOption } from "../operations/backed-up-tables";

export default defineCloudCommand({
  group: "Operate",
  description: "Restore a table into a new one, or copy the items that are missing from a restored table.",
  details:
    "It never overwrites: DynamoDB restores into a table that does not exist, and --from leaves items that exist as they are. A table that was deleted is restored under its own name with --to; the next deployment sets its settings.",
  examples: [
    "restore prod --backup latest --dry-run --aws",
    "restore prod --at 2026-01-31T12:00:00Z --aws",
    "restore prod --from <table> --dry-run --aws",
  ],
  options: {
    table: tableOption,
    backup: string("name", "Restore that on-demand backup, by its name or ARN, or latest."),
    at: string("time", "Restore that point in time: ISO 8601 in UTC, or latest."),
    to: string("table", "The new table (<table>-restored-<time>)."),
    from: string("table", "Copy the items that are missing from that table."),
    "dry-run": flag("Only print what would be restored, or how many items would be copied."),
  },
  json: "what was or would be restored or copied",
  confirms: "in run",
  does: (name, { table = "tasks" }) => `restore the table ${table} of ${name}`,
  validate: async (values) => {
    (await import("../operations/restore-table.js")).validateRestoreValues(values);
  },
  run: async ({ table = "tasks", "dry-run": dryRun, ...values }, target) => {
    const { restoreTable } = await import("../operations/restore-table.js");
    return restoreTable(target, { ...values, table, dryRun });
  },
});
