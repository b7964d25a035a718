import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** The CDKTF project that is deployed: the nearest folder above this package that has a cdktf.json. */
export const project = nearest(__dirname);

function nearest(folder: string): string {
  if (existsSync(join(folder, "cdktf.json"))) return folder;
  const above = dirname(folder);
  if (above === folder) throw new Error(`No folder above ${__dirname} has a cdktf.json`);
  return nearest(above);
}
