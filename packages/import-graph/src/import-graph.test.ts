import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { circles, importGraph } from "./import-graph";

test("import cycles are found through types, re-exports, dynamic imports, require and workspaces", () => {
  const folder = mkdtempSync(join(tmpdir(), "import-graph-"));
  const sources = {
    "a/types.ts": 'import type { B } from "./b";',
    "a/b.ts": 'export { c } from "./c";',
    "a/c.ts": 'export const c = import("../functions/d");',
    "functions/d.ts": 'import "@scope/f/e";',
    "functions/e.ts": 'export type T = import("../a").T;',
    "a/index.ts": 'export * from "./types";',
    "a/self.cjs": 'require("./self.cjs");',
    "a/leaf.ts": 'import "./types"; import "node:fs"; // import "./leaf"',
  };
  try {
    for (const [path, text] of Object.entries(sources)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    expect(circles(importGraph(folder, ["a", "functions", "missing"], { "@scope/f": "functions" }))).toEqual([
      ["a/b.ts", "a/c.ts", "a/index.ts", "a/types.ts", "functions/d.ts", "functions/e.ts"],
      ["a/self.cjs"],
    ]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
