import { zipSync, type Zippable } from "fflate";

/** The oldest time a zip can hold, in local time as the format wants it: the same bytes in every time zone. */
const fixedTime = new Date(1980, 0, 1);

/** Read by everyone, written by the owner, in the upper half of the external attributes as Unix puts it. */
const fileMode = 0o100644 << 16;
const unix = 3;

/**
 * Zips files so that equal contents make equal bytes, whatever the machine, folder, time zone or umask.
 * @param files contents by path inside the zip
 */
export function reproducibleZip(files: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const entries = Object.keys(files)
    .sort()
    .map((path) => [path, [files[path], { mtime: fixedTime, attrs: fileMode, os: unix, level: 9 }]]);
  return zipSync(Object.fromEntries(entries) as Zippable);
}
