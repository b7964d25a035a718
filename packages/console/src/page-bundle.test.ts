import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { buildPage, pageVersion } from "./page-bundle";

const maxCompressedBytes = 120 * 1024;
const maxInstalledBytes = 5 * 1024 * 1024;

let cache: string;
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), "page-"));
});
afterEach(() => {
  rmSync(cache, { recursive: true });
});

test("the page has at most 120 KB compressed, and comes from the cache the second time", async () => {
  const files = await buildPage(join(cache, "page"));
  const sizes = Object.values(files).map(({ content }) => gzipSync(content).length);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  console.log(`the page has ${total} bytes compressed`);
  expect(total).toBeGreaterThan(10_000);
  expect(total).toBeLessThanOrEqual(maxCompressedBytes);
  expect(readdirSync(join(cache, "page"))).toEqual([pageVersion()]);
  expect(await buildPage(join(cache, "page"))).toEqual(files);
});

test("the page has no inline script or style, and loads nothing from elsewhere", async () => {
  const { "/index.html": html } = await buildPage();
  expect(html?.content).not.toMatch(/<style|style=|<script(?! type="module" src="main\.js")|\son\w+=/);
  expect([...(html?.content ?? "").matchAll(/(?:src|href)="([^"]*)"/g)].map(([, url]) => url)).toEqual([
    "data:,",
    "main.css",
    "main.js",
  ]);
});

const bytesIn = (folder: string): number =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => statSync(join(folder, name)))
    .reduce((sum, stats) => sum + (stats.isFile() ? stats.size : 0), 0);

test("the packages that only the console needs have at most 5 MB", () => {
  const manifest = (name: string) => require.resolve(`${name}/package.json`);
  const packages = ["preact", "axe-core"].map((name) => dirname(manifest(name)));
  // uPlot exports no manifest.
  const all = [...packages, join(dirname(require.resolve("uplot")), "..")];
  expect(readFileSync(join(all.at(-1) ?? "", "package.json"), "utf8")).toContain('"uplot"');
  expect(all.map(bytesIn).reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(maxInstalledBytes);
});
