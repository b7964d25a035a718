import { loadEnvironment } from "../../deploy/config/load-environment";
import { build } from "../build/build";
import { differences } from "./differences";
import { differencesReport } from "./differences-report";
import { sameEnvironment } from "./errors";

/** Prints what differs between two environments in what would be applied to AWS. */
export async function compareEnvironments(one: string, other: string, json: boolean): Promise<void> {
  if (one === other) throw sameEnvironment(one);
  await build();
  const found = differences(await loadEnvironment(one), await loadEnvironment(other));
  console.log(json ? JSON.stringify(found, null, 2) : differencesReport(found, [one, other]));
}
