import { dirname, join, relative } from "node:path";
import { readFile } from "node:fs/promises";
import { build as bundle, type Plugin } from "esbuild";
import { build } from "./build/build";
import { BuildError } from "./build/errors";
import { root } from "./build/paths";

/** Files of the repository find others beside them, also from within a bundle. */
const placesOfSources: Plugin = {
  name: "places-of-sources",
  setup(build) {
    build.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      if (relative(root, path).split("/").includes("node_modules")) return undefined;
      const text = await readFile(path, "utf8");
      return { loader: "ts", contents: text.replaceAll("__dirname", JSON.stringify(dirname(path))) };
    });
  },
};

/** What scripts/synth.cjs runs when sources have changed: the zips, and deploy/ in one file, whose path it is given. */
async function main(): Promise<void> {
  const [, , outfile] = process.argv;
  if (outfile === undefined) throw new BuildError("usage: tsx scripts/prebuild.ts <file>");
  await Promise.all([
    build(),
    bundle({
      entryPoints: [join(root, "deploy", "main.ts")],
      outfile,
      bundle: true,
      platform: "node",
      target: "node20",
      // Constructs are known by the names of their classes.
      keepNames: true,
      // Reads a file beside it, and is rarely needed: see scripts/synth.cjs.
      external: ["@cdktf/hcl2json"],
      plugins: [placesOfSources],
      logLevel: "error",
    }),
  ]);
}

main().catch((error: unknown) => {
  console.error(error instanceof BuildError ? error.message : error);
  process.exitCode = 1;
});
