import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./build/paths";

const sourcesBelow = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "node_modules" ? [] : sourcesBelow(path);
    return path.endsWith(".ts") && !path.endsWith(".test.ts") ? [path] : [];
  });

test("a source file is one concept: half have 60 lines at most, 95 in 100 have 150, none has 200", () => {
  const sizes = ["deploy", "functions", "scripts", "e2e"]
    .flatMap((folder) => sourcesBelow(join(root, folder)))
    .map((path) => readFileSync(path, "utf8").trimEnd().split("\n").length)
    .sort((a, b) => a - b);
  const quantile = (share: number) => sizes[Math.ceil(sizes.length * share) - 1];
  expect(quantile(0.5)).toBeLessThanOrEqual(60);
  expect(quantile(0.95)).toBeLessThanOrEqual(150);
  expect(quantile(1)).toBeLessThanOrEqual(200);
});
