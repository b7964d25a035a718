import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import { pageVersion } from "./page-bundle";
import { textOf, withText } from "./png-text";
import { screenshotNames, staleScreenshots, versionKeyword } from "./screenshots";

/** The smallest PNG: one pixel. */
const png = (() => {
  const chunk = (type: string, data: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    return Buffer.concat([length, Buffer.from(type), data, Buffer.alloc(4)]);
  };
  const header = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(Buffer.from([0, 0]))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
})();

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "screenshots-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test("a text is read back, and the rest of the picture is unchanged", () => {
  const changed = withText(png, versionKeyword, "abc");
  expect(textOf(changed, versionKeyword)).toBe("abc");
  expect(textOf(changed, "Other")).toBeUndefined();
  expect(textOf(png, versionKeyword)).toBeUndefined();
  expect(changed.length).toBe(png.length + 12 + `${versionKeyword}\0abc`.length);
});

test("missing pictures and those of another version are found", () => {
  const write = (name: string, version: string) => {
    writeFileSync(join(folder, `${name}.png`), withText(png, versionKeyword, version));
  };
  expect(staleScreenshots(folder)).toHaveLength(screenshotNames.length);
  for (const name of screenshotNames) write(name, pageVersion());
  expect(staleScreenshots(folder)).toEqual([]);
  write("tasks", "another");
  expect(staleScreenshots(folder)).toEqual(["tasks.png shows version another of the page"]);
});
