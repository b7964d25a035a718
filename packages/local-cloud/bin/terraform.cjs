#!/usr/bin/env node
// @ts-check
/**
 * The `terraform` of `npx` and npm scripts: node_modules/.bin/terraform. It runs the Terraform ≥ 1.11 on PATH, or the
 * pinned release, which it downloads once. In plain JavaScript, since it starts several times in a deployment.
 *
 * It also stops Terraform gracefully. cdktf-cli exits at once on Ctrl-C and closes Terraform's terminal, which would kill
 * Terraform and leave the state locked: https://github.com/open-constructs/cdk-terrain/issues/283
 */
const { spawn } = require("node:child_process");
const { existsSync, readFileSync } = require("node:fs");
const { constants } = require("node:os");
const { basename, dirname, join } = require("node:path");

/** Path of Terraform, set by `withTerraform`. */
const { LOCAL_CLOUD_TERRAFORM } = process.env;

/** The terminal, npm and the CLI may each send the same Ctrl-C; a second interrupt makes Terraform lose the state. */
const sameInterruptMilliseconds = 2_000;

/** @param {string} path @param {NodeJS.ProcessEnv} env */
function runTerraform(path, env) {
  let last = -Infinity;
  // Before Terraform starts: otherwise an interrupt could end this process and leave Terraform running.
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.on(signal, () => {
      const isSecond = last !== -Infinity;
      // A second signal counts only as a later Ctrl-C: GitHub sends SIGTERM 7.5 s after SIGINT, too early for Terraform.
      if (!isSecond || (signal === "SIGINT" && performance.now() - last > sameInterruptMilliseconds)) {
        last = performance.now();
        child.kill("SIGINT");
      }
    });
  }
  // In its own process group, so that it gets only forwarded interrupts.
  const child = spawn(path, process.argv.slice(2), { stdio: "inherit", env, detached: true });
  child.on("error", (error) => {
    console.error(`${path} could not be started: ${error.message}`);
    process.exitCode = 1;
  });
  child.on("exit", (code, signal) => {
    process.exitCode = code ?? 128 + (constants.signals[signal ?? "SIGKILL"] ?? 0);
    if (code !== 0 && LOCAL_CLOUD_TERRAFORM === undefined) printFailureHint();
  });
}

/**
 * Prints `localCloud.failureHint` of the project's package.json after `npx cdktf`; the project's own commands print more.
 * `{environment}` is the second part of the stack's name, `<layer>-<environment>` or `<layer>-<environment>-<region>`; the
 * stack's folder is the working directory.
 */
function printFailureHint() {
  const [, environment] = /^[a-z0-9]+-([^-]+)/.exec(basename(process.cwd())) ?? [];
  if (environment === undefined || !/^(apply|destroy|plan|refresh|import)$/.test(process.argv[2] ?? ""))
    return;
  const hint = hintOf(__dirname);
  if (hint !== undefined) console.error(hint.replaceAll("{environment}", environment));
}

/** @param {string} folder @returns {string | undefined} */
function hintOf(folder) {
  if (existsSync(join(folder, "cdktf.json")))
    return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).localCloud?.failureHint;
  return dirname(folder) === folder ? undefined : hintOf(dirname(folder));
}

async function main() {
  // Called by a launcher that searches for Terraform; see `isRecent`.
  if (process.env.LOCAL_CLOUD_TERRAFORM_SEARCH !== undefined) {
    process.exitCode = 1;
    return;
  }
  if (LOCAL_CLOUD_TERRAFORM !== undefined) {
    runTerraform(LOCAL_CLOUD_TERRAFORM, process.env);
    return;
  }
  require("./check-temporary-folder.cjs");
  // Has no types.
  require(require.resolve("tsx/cjs"));
  /** @type {typeof import("../src/terraform")} */
  const { withTerraform } = require("../src/terraform");
  const env = await withTerraform(process.env);
  runTerraform(env.LOCAL_CLOUD_TERRAFORM ?? "terraform", env);
}

main().catch((/** @type {unknown} */ error) => {
  console.error(error instanceof Error && error.name === "LocalCloudError" ? `\n${error.message}` : error);
  process.exitCode = 1;
});
