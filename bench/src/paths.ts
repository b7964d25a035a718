import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";

/** What the service is compared with, with a package.json and a lockfile of its own. */
export const peersFolder = join(__dirname, "..", "peers");

const manifest = z.object({ dependencies: z.record(z.string(), z.string()) });

/** The packages of the peers, with their versions. */
export const peerPackages = (): Record<string, string> =>
  manifest.parse(JSON.parse(readFileSync(join(peersFolder, "package.json"), "utf8"))).dependencies;
