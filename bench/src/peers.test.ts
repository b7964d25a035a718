import { readdirSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { peersFolder } from "./paths";

/** TypeScript does not check these files, which import from functions/ and bench/src. */
test("every import of the peers resolves", async () => {
  const entryPoints = ["ours", "ours/exercises", "runners", "stores", "worker"].flatMap((name) =>
    readdirSync(join(peersFolder, name), { withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.m?js$/.test(entry.name))
      .map((entry) => join(peersFolder, name, entry.name)),
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
