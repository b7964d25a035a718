import {
  GetObjectCommand,
  ListObjectVersionsCommand,
  NoSuchKey,
  S3ServiceException,
  type ListObjectVersionsCommandOutput,
  type S3Client,
} from "@aws-sdk/client-s3";
import type { Backend } from "./backend";
import { parseState, type StateFile } from "./state-file";

/** A version of a state in S3. */
export interface StateVersion {
  readonly id: string;
  readonly written: Date;
  readonly isCurrent: boolean;
  /** True for a delete marker. */
  readonly deleted: boolean;
}

/** All versions of a state, the newest first. */
export async function listVersions(
  s3: S3Client,
  { bucket, key }: Pick<Backend, "bucket" | "key">,
): Promise<StateVersion[]> {
  const found: StateVersion[] = [];
  let next: ListObjectVersionsCommandOutput | undefined;
  do {
    next = await s3.send(
      new ListObjectVersionsCommand({
        Bucket: bucket,
        Prefix: key,
        KeyMarker: next?.NextKeyMarker,
        VersionIdMarker: next?.NextVersionIdMarker,
      }),
    );
    const { Versions = [], DeleteMarkers = [] } = next;
    for (const [deleted, entries] of [[false, Versions] as const, [true, DeleteMarkers] as const]) {
      for (const { Key, VersionId: id = "null", LastModified: written = new Date(0), IsLatest } of entries) {
        // The prefix also finds the lockfile, which is named `<key>.tflock`.
        if (Key === key) found.push({ id, written, deleted, isCurrent: IsLatest === true });
      }
    }
  } while (next.IsTruncated === true);
  return found.sort(
    (a, b) => Number(b.isCurrent) - Number(a.isCurrent) || b.written.getTime() - a.written.getTime(),
  );
}

export interface StateText {
  readonly text: string;
  readonly state: StateFile;
  /** Who restored it; undefined for versions that Terraform wrote. */
  readonly restoredBy?: string;
}

/**
 * Reads one version of a state.
 * @param VersionId by default the current one
 * @returns undefined when it does not exist or is not a state
 */
export async function readVersion(
  s3: S3Client,
  { bucket, key }: Pick<Backend, "bucket" | "key">,
  VersionId?: string,
): Promise<StateText | undefined> {
  try {
    const { Body, Metadata } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key, VersionId }));
    const text = (await Body?.transformToString()) ?? "";
    const state = parseState(text);
    const restoredBy = Metadata?.["restored-by"];
    return state && { text, state, ...(restoredBy !== undefined && { restoredBy }) };
  } catch (error) {
    if (error instanceof NoSuchKey || isNoVersion(error)) return undefined;
    throw error;
  }
}

/** 400 for an invalid id, 405 for a delete marker. */
const isNoVersion = (error: unknown) =>
  error instanceof S3ServiceException && [400, 404, 405].includes(error.$metadata.httpStatusCode ?? 0);
