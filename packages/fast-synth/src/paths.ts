import { join } from "node:path";
import type { FastSynthOptions } from "./options";

/** Files in the folder of the bundle. */
export function pathsOf({ root, folder }: Pick<FastSynthOptions, "root" | "folder">) {
  const path = (name: string) => join(root, folder, name);
  return {
    folder: path("."),
    bundle: path("app.js"),
    /** Hashes of the sources and products that the bundle belongs to. */
    stamp: path("stamp"),
    /** Parsed tfvars. */
    parsed: path("tfvars.json"),
    codeCache: path(`app.${process.arch}.${process.version}.cache`),
  };
}
export type Paths = ReturnType<typeof pathsOf>;
