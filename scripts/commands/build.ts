import { flag } from "../../packages/command-line/src/arguments";
import { defineCommand } from "../../packages/command-line/src/define-command";

export default defineCommand({
  group: "Build",
  description: "Build the zips that Terraform deploys: one for each function, and the shared layer.",
  alias: "npm run build",
  options: { quiet: flag("Print nothing but errors.") },
  run: async ({ quiet }) => {
    const { printBuild } = await import("../build/print-build.js");
    await printBuild(quiet);
  },
});
