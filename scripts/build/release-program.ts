import { join } from "node:path";
import { build, type Plugin } from "esbuild";
import { root } from "./paths";

/** Bundles the program that Terraform runs to release versions into one file, which needs nothing but Node. */
export async function bundleReleaseProgram(plugins: Plugin[] = []): Promise<Uint8Array> {
  const { outputFiles } = await build({
    entryPoints: [join(root, "scripts", "release", "release-program.ts")],
    ...{ bundle: true, platform: "node", target: "node20", format: "cjs", write: false },
    ...{ minifySyntax: true, minifyWhitespace: true, legalComments: "none", logLevel: "silent" },
    ...{ absWorkingDir: root, plugins },
  });
  const [output] = outputFiles;
  if (output === undefined) throw new Error("Expected one file of the release program, found none");
  return output.contents;
}
