import { tableNames } from "@serverless-tasks/functions/service";
import { oneOf, option } from "../../packages/command-line/src/arguments";

/** The tables that can be backed up. */
const backedUpTables = ["tasks", ...tableNames] as const;
export type BackedUpTable = (typeof backedUpTables)[number];

export const tableOption = option(
  "name",
  `The table (tasks): ${backedUpTables.join(", ")}.`,
  oneOf("tables", backedUpTables),
);
