import { createRequire } from "node:module";
import { taskTypesAreWrong } from "./errors";

/**
 * Loads the list of task types, which checks itself: bundling does not run it, and a function that cannot load it fails
 * only when it is deployed.
 * @throws {BuildError}
 */
export function checkTaskTypes(): void {
  try {
    createRequire(__filename)("../../functions/worker/handlers");
  } catch (error) {
    throw taskTypesAreWrong(error);
  }
}
