import { crc32 } from "node:zlib";

/** https://www.w3.org/TR/png-3/#5PNG-file-signature */
const signatureBytes = 8;
/** Length, type and checksum of a chunk, without its data. */
const frameBytes = 12;

interface Chunk {
  readonly type: string;
  readonly data: Buffer;
  /** Where the next one begins. */
  readonly end: number;
}

function chunkAt(png: Buffer, at: number): Chunk {
  const length = png.readUInt32BE(at);
  return {
    type: png.toString("latin1", at + 4, at + 8),
    data: png.subarray(at + 8, at + 8 + length),
    end: at + frameBytes + length,
  };
}

/** A PNG with a text: https://www.w3.org/TR/png-3/#11tEXt */
export function withText(png: Buffer, keyword: string, value: string): Buffer {
  const { end } = chunkAt(png, signatureBytes);
  const body = Buffer.concat([Buffer.from("tEXt"), Buffer.from(`${keyword}\0${value}`, "latin1")]);
  const frame = Buffer.alloc(frameBytes - 4);
  frame.writeUInt32BE(body.length - 4, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([
    png.subarray(0, end),
    frame.subarray(0, 4),
    body,
    frame.subarray(4),
    png.subarray(end),
  ]);
}

/** The value of a text; undefined if the PNG has none with that keyword. */
export function textOf(png: Buffer, keyword: string): string | undefined {
  for (let at = signatureBytes; at < png.length;) {
    const { type, data, end } = chunkAt(png, at);
    const [name, value] = data.toString("latin1").split("\0");
    if (type === "tEXt" && name === keyword) return value;
    at = end;
  }
  return undefined;
}
