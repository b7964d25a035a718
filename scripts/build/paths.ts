import { join } from "node:path";

export const root = join(__dirname, "..", "..");

/** Where zips go unless a test says otherwise; git ignores it. */
export const defaultBuildFolder = join(root, ".build");

/** Each is a folder of `functions/` with an `index.ts`, and becomes a zip of that name. */
export const functionNames = ["api", "worker", "producer"] as const;
export type FunctionName = (typeof functionNames)[number];
