import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { root } from "../build/paths";

/** Peers, with a package.json and packages of their own. */
export const benchFolder = join(root, "bench");

const manifest = z.object({ dependencies: z.record(z.string(), z.string()) });

/** The packages that peers are made of, with their versions. */
export const benchPackages = (): Record<string, string> =>
  manifest.parse(JSON.parse(readFileSync(join(benchFolder, "package.json"), "utf8"))).dependencies;
