import { readFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { build as bundle, type Plugin } from "esbuild";
import { hclPackage, type PrepareOptions } from "./options";

/** Replaces `__dirname`, which would be another folder in a bundle. */
const foldersOfSources = (root: string): Plugin => ({
  name: "folders-of-sources",
  setup(build) {
    build.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      if (relative(root, path).split("/").includes("node_modules")) return undefined;
      const text = await readFile(path, "utf8");
      return { loader: "ts", contents: text.replaceAll("__dirname", JSON.stringify(dirname(path))) };
    });
  },
});

/** Builds the bundle and the products, in a process that can run TypeScript. */
async function main([json = ""]: readonly string[]): Promise<void> {
  const { root, entry, prepare, outfile } = JSON.parse(json) as PrepareOptions;
  const { build } = (await import(pathToFileURL(join(root, prepare)).href)) as {
    readonly build: () => Promise<unknown>;
  };
  await Promise.all([
    build(),
    bundle({
      entryPoints: [join(root, entry)],
      outfile,
      bundle: true,
      platform: "node",
      target: "node20",
      // cdktf uses the names of classes.
      keepNames: true,
      external: [hclPackage],
      plugins: [foldersOfSources(root)],
      logLevel: "error",
    }),
  ]);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  // The message of a BuildError is complete without the stack.
  console.error(error instanceof Error && error.name === "BuildError" ? error.message : error);
  process.exitCode = 1;
});
