import { join } from "node:path";

export const root = join(__dirname, "..", "..");

/** The folder of the zips, ignored by git. */
export const defaultBuildFolder = join(root, ".build");

/** Folders of `functions/` with an `index.ts`. Each is built into a zip of that name. */
export const functionNames = ["api", "worker", "producer"] as const;
export type FunctionName = (typeof functionNames)[number];
