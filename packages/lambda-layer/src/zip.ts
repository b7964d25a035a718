import JSZip from "jszip";

/** The oldest time that a zip can hold. */
const date = new Date(Date.UTC(1980, 0, 1));

/** Read by everyone, written by the owner. */
const unixPermissions = 0o644;

/**
 * Zips files so that equal contents give equal bytes, whatever the machine, the version of Node.js, the folder, the time
 * zone or the umask. Node's own zlib would not: its bytes differ between versions and processors.
 * @param files contents by path inside the zip
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
