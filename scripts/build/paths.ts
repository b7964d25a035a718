import { join } from "node:path";

export const root = join(__dirname, "..", "..");

/** The folder of the zips, ignored by git. */
export const defaultBuildFolder = join(root, ".build");

/** Each function is built into a zip of its name. */
export { functionNames, type FunctionName } from "@serverless-tasks/functions/service";
