import JSZip from "jszip";

/** The oldest time that the zip format supports. */
const date = new Date(Date.UTC(1980, 0, 1));

const unixPermissions = 0o644;

/**
 * Creates a reproducible zip: its bytes depend on the contents alone. Not with Node's zlib, whose output differs between
 * versions and processors.
 * @param files contents by path in the zip
 */
export async function reproducibleZip(files: Readonly<Record<string, Uint8Array>>): Promise<Uint8Array> {
  const zip = new JSZip();
  const options = { date, unixPermissions, createFolders: false };
  for (const path of Object.keys(files).sort()) zip.file(path, files[path] ?? "", options);
  return zip.generateAsync({
    type: "uint8array",
    platform: "UNIX",
    compression: "DEFLATE",
    compressionOptions: { level: 9 },
  });
}
