import { isUtf8 } from "node:buffer";
import { readFileSync } from "node:fs";
import { unreadableFile } from "../errors";

const utf16ByteOrderMarks = [Buffer.from([0xff, 0xfe]), Buffer.from([0xfe, 0xff])];

/**
 * The content of a tfvars file, without a UTF-8 byte order mark.
 * @throws {ConfigurationError} when the file is not UTF-8, or cannot be read
 */
export function readUtf8(path: string, displayName: string): string {
  const bytes = readBytes(path, displayName);
  if (utf16ByteOrderMarks.some((mark) => bytes.subarray(0, 2).equals(mark)))
    throw unreadableFile(displayName, "UTF-16");
  const nul = bytes.indexOf(0);
  if (nul >= 0)
    throw unreadableFile(displayName, `a NUL byte at offset ${nul}, as UTF-16 and binary files have`);
  if (!isUtf8(bytes)) throw unreadableFile(displayName, "bytes that are not UTF-8");
  return new TextDecoder().decode(bytes);
}

function readBytes(path: string, displayName: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    const reason = String(cause instanceof Error && "code" in cause ? cause.code : cause);
    throw unreadableFile(displayName, reason, { cause });
  }
}
