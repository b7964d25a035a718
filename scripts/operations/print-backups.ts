import { textTable } from "../../packages/command-line/src/table";
import type { TableBackups } from "./table-backups";

/** Prints the backups of a table, and the times of its point-in-time recovery. */
export async function printBackups(backups: TableBackups) {
  const [found, window] = [await backups.list(), await backups.recoveryWindow()];
  console.log(
    found.length === 0
      ? `There are no on-demand backups of ${backups.table}.`
      : textTable(found.map(({ created, name, status, bytes }) => [created, name, status, `${bytes} bytes`])),
  );
  console.log(
    window === undefined
      ? "Point-in-time recovery is disabled."
      : `Point-in-time recovery from ${window.earliest} to ${window.latest}.`,
  );
  return { table: backups.table, backups: found, recovery: window ?? null };
}
