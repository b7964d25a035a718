// @ts-check
/**
 * `npm run synth`, and the app of cdktf.json: synthesizes the stacks of every environment, for AWS or for the emulator at
 * AWS_ENDPOINT_URL.
 */
const { dirname } = require("node:path");
const { fastSynth } = require("../packages/fast-synth/launch.cjs");

const { AWS_ENDPOINT_URL } = process.env;
const target =
  AWS_ENDPOINT_URL === undefined || AWS_ENDPOINT_URL === ""
    ? { entry: "deploy/main.ts", folder: ".build/synth" }
    : { entry: "deploy/emulator/main.ts", folder: ".build/synth-emulator" };

fastSynth({
  root: dirname(__dirname),
  ...target,
  prepare: "scripts/build/build.ts",
  sources: [
    "deploy",
    "functions",
    "layers/dependencies",
    "packages/fast-synth",
    "packages/lambda-layer",
    "packages/lambda-release",
    "packages/lambda-runtime/src",
    "scripts/build",
    "scripts/release",
    "scripts/synth.cjs",
    "package.json",
    "node_modules/.package-lock.json",
  ],
  // The app reads tfvars at each run.
  ignored: /\.test\.ts$|\.tfvars$|\.md$/,
  products: { folder: ".build", suffixes: [".zip", ".cjs"] },
});
