import { readdirSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { root } from "../build/paths";

/** TypeScript does not check the bench's programs, which import from functions/ and scripts/. */
test("the bench's own programs find what they import", async () => {
  const folder = join(root, "bench");
  const entryPoints = ["ours", "ours/exercises", "runners", "stores", "worker"].flatMap((name) =>
    readdirSync(join(folder, name), { withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.m?js$/.test(entry.name))
      .map((entry) => join(folder, name, entry.name)),
  );
  expect(entryPoints.length).toBeGreaterThan(5);
  await build({
    entryPoints,
    outdir: "nowhere",
    bundle: true,
    write: false,
    platform: "node",
    packages: "external",
    logLevel: "silent",
  });
});
