import { isUtf8 } from "node:buffer";
import { readFileSync } from "node:fs";
import { notText } from "../../shared/errors";

const utf16Marks = [Buffer.from([0xff, 0xfe]), Buffer.from([0xfe, 0xff])];

/**
 * The text of a tfvars file, without a byte order mark of UTF-8.
 * @throws {ConfigurationError} naming the file when it is not UTF-8, or cannot be read
 */
export function readText(path: string, displayName: string): string {
  const bytes = readBytes(path, displayName);
  if (utf16Marks.some((mark) => bytes.subarray(0, 2).equals(mark))) throw notText(displayName, "UTF-16");
  const nul = bytes.indexOf(0);
  if (nul >= 0) throw notText(displayName, `a NUL byte at offset ${nul}, as UTF-16 and binary files have`);
  if (!isUtf8(bytes)) throw notText(displayName, "bytes that are not UTF-8");
  return new TextDecoder().decode(bytes);
}

function readBytes(path: string, displayName: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw notText(displayName, String(cause instanceof Error && "code" in cause ? cause.code : cause));
  }
}
