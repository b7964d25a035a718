import { createHash } from "node:crypto";
import { existsSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { unzipSync } from "fflate";
import { replaceFile } from "../../lambda-layer/src/write-files";
import { noTerraformForPlatform, terraformHasWrongHash, terraformNotDownloaded } from "./errors";
import { releasesUrl, terraformVersion, terraformZips } from "./terraform-release";

export interface Download {
  readonly tools: string;
  /** Node's name of the platform, such as `linux-x64`. */
  readonly platform?: string;
  readonly baseUrl?: string;
  readonly zips?: typeof terraformZips;
  readonly signal?: AbortSignal;
}

/**
 * Downloads the pinned Terraform for this platform, once.
 * @returns its path
 * @throws {LocalCloudError} when the download fails or has another hash
 */
export async function downloadTerraform({
  tools,
  platform = `${process.platform}-${process.arch}`,
  baseUrl = releasesUrl,
  zips = terraformZips,
  signal,
}: Download): Promise<string> {
  const path = join(tools, `terraform-${terraformVersion}`, "terraform");
  if (existsSync(path)) return path;
  const zip = zips[platform];
  if (zip === undefined) throw noTerraformForPlatform(platform);

  const url = `${baseUrl}/terraform/${terraformVersion}/terraform_${terraformVersion}_${zip.platform}.zip`;
  const bytes = await fetchBytes(url, signal);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  if (sha256 !== zip.sha256) throw terraformHasWrongHash(url, zip.sha256, sha256);
  const binary = unzipSync(bytes, { filter: ({ name }) => name === "terraform" }).terraform;
  if (binary === undefined) throw terraformNotDownloaded(url, "the zip contains no terraform");

  mkdirSync(dirname(path), { recursive: true });
  replaceFile(path, binary, 0o755);
  return path;
}

async function fetchBytes(url: string, signal?: AbortSignal): Promise<Uint8Array> {
  try {
    const response = await fetch(url, { signal });
    if (!response.ok) throw new Error(`status ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    throw terraformNotDownloaded(url, reasonOf(error));
  }
}

/** The reason of a failed connection is the cause of fetch's error. */
const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
};
