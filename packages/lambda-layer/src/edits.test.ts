import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Edits, replaced, type Edit } from "./edits";
import { BuildError } from "./errors";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "edits-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function installed(files: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(files)) {
    const path = join(folder, "node_modules", file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}

const edit = (file: string, change: Edit["change"]): Edit => ({
  file,
  version: "1.0.0",
  reason: "a test",
  test: "this one",
  change,
});

test.each(["p/lib/a.js", "@s/p/a.js", "q/node_modules/@s/p/lib/a.js"])(
  "%s is edited, and the version is that of its own package",
  (file) => {
    const owner = file.replace(/\/(lib\/)?a\.js$/, "");
    installed({ [file]: "one two", [`${owner}/package.json`]: '{"version":"1.0.0"}', "other.json": "3" });
    const edits = new Edits(folder, [
      edit(file, (text, read) => replaced(text, { two: read("other.json") })),
    ]);
    expect(edits.unused).toEqual([file]);
    expect(edits.read(file)).toBe("one 3");
    expect(edits.unused).toEqual([]);
  },
);

test("a file without an edit is unchanged", () => {
  installed({ "p/a.js": "text" });
  expect(new Edits(folder, []).read("p/a.js")).toBe("text");
});

test.each<[string, string, Edit["change"]]>([
  ["was reviewed with another version", "2.0.0", (text) => replaced(text, { two: "3" })],
  ["replaces a string that does not occur", "1.0.0", (text) => replaced(text, { four: "3" })],
  ["changes nothing", "1.0.0", (text) => text.replace(/four/g, "3")],
])("an edit that %s fails the build", (_what, version, change) => {
  installed({ "p/a.js": "one two", "p/package.json": JSON.stringify({ version }) });
  expect(() => new Edits(folder, [edit("p/a.js", change)]).read("p/a.js")).toThrow(BuildError);
});
