import { argument, oneOf } from "../../packages/command-line/src/arguments";
import { defineCloudCommand } from "../core/cloud-command";
import { tableOption } from "../operations/backed-up-tables";

export default defineCloudCommand({
  group: "Operate",
  description: "Create an on-demand backup of a table, or list what it can be restored from.",
  details:
    "On-demand backups are kept until they are deleted, also when the table is deleted. Point-in-time recovery, which tfvars enable, needs no backup: list prints its times.",
  examples: ["backup create prod --aws", "backup list prod --aws"],
  leading: { action: argument("create or list.", oneOf("actions", ["create", "list"])) },
  options: { table: tableOption },
  json: "the backup, or the backups and the times of the point-in-time recovery",
  confirms: "in run",
  does: (name, { action, table = "tasks" }) => `${action} backups of the table ${table} of ${name}`,
  run: async ({ action, table = "tasks" }, { account, confirm }) => {
    const { printBackups } = await import("../operations/print-backups.js");
    const { TableBackups } = await import("../operations/table-backups.js");
    const backups = new TableBackups(account, table);
    if (action === "list") return printBackups(backups);
    await confirm(`Create a backup of ${backups.table}?`);
    const created = await backups.create();
    console.log(`${created.name}: ${created.status}`);
    return created;
  },
});
