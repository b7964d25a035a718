import { createRequire } from "node:module";
import { taskTypesAreWrong } from "./errors";

/**
 * Loads the list of task types, which validates itself. Bundling does not execute it, so an invalid list would fail only
 * in the deployed function.
 * @throws {BuildError}
 */
export function checkTaskTypes(): void {
  try {
    createRequire(__filename)("../../functions/worker/handlers");
  } catch (error) {
    throw taskTypesAreWrong(error);
  }
}
