import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";

/** The functions that the service is compared with. They have their own package.json and lockfile. */
export const peersFolder = join(__dirname, "..", "peers");

const manifest = z.object({ dependencies: z.record(z.string(), z.string()) });

/** The packages of the peers, with their versions. */
export const peerPackages = (): Record<string, string> =>
  manifest.parse(JSON.parse(readFileSync(join(peersFolder, "package.json"), "utf8"))).dependencies;
