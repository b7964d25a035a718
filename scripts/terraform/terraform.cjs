#!/usr/bin/env node
// @ts-check
/**
 * The `terraform` of `npx` and npm scripts: node_modules/.bin/terraform. It runs the Terraform ≥ 1.11 on PATH, or the
 * pinned release, which it downloads once. In plain JavaScript, since it starts several times in a deployment.
 *
 * It also ends Terraform in order. cdktf-cli exits at once on Ctrl-C and closes Terraform's terminal, which would kill
 * Terraform and leave the state locked: https://github.com/open-constructs/cdk-terrain/issues/283
 */
const { spawn } = require("node:child_process");
const { constants } = require("node:os");
const { basename } = require("node:path");

/** Set by the commands of this repository, which have found Terraform already. */
const { SERVERLESS_TASKS_TERRAFORM } = process.env;

/** The terminal, npm and the CLI may each send the same Ctrl-C; at the second interrupt Terraform drops the state. */
const sameInterruptMilliseconds = 2_000;

/** @param {string} path @param {NodeJS.ProcessEnv} env */
function runTerraform(path, env) {
  let last = -Infinity;
  // Before Terraform starts: an interrupt that ends this process alone would leave it running.
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.on(signal, () => {
      const isSecond = last !== -Infinity;
      // Only a person insists: GitHub sends SIGTERM 7.5 s after SIGINT, and Terraform needs that time.
      if (!isSecond || (signal === "SIGINT" && performance.now() - last > sameInterruptMilliseconds)) {
        last = performance.now();
        child.kill("SIGINT");
      }
    });
  }
  // In a process group of its own: it gets the interrupts that are forwarded, and no others.
  const child = spawn(path, process.argv.slice(2), { stdio: "inherit", env, detached: true });
  child.on("error", (error) => {
    console.error(`${path} could not be started: ${error.message}`);
    process.exitCode = 1;
  });
  child.on("exit", (code, signal) => {
    process.exitCode = code ?? 128 + (constants.signals[signal ?? "SIGKILL"] ?? 0);
    if (code !== 0 && SERVERLESS_TASKS_TERRAFORM === undefined) adviseRepair();
  });
}

/** For a person who has run `npx cdktf`; our own commands find out whether it was the state. */
function adviseRepair() {
  const [, environment] = /^(?:core|infra|app)-(.+)$/.exec(basename(process.cwd())) ?? [];
  if (environment !== undefined && /^(apply|destroy|plan|refresh|import)$/.test(process.argv[2] ?? ""))
    console.error(
      `If a killed run has left the state locked, or with another content than expected: npm run cli -- repair ${environment} --aws`,
    );
}

async function main() {
  // Another launcher asks whether this is a Terraform.
  if (process.env.SERVERLESS_TASKS_TERRAFORM_SEARCH !== undefined) {
    process.exitCode = 1;
    return;
  }
  if (SERVERLESS_TASKS_TERRAFORM !== undefined) {
    runTerraform(SERVERLESS_TASKS_TERRAFORM, process.env);
    return;
  }
  require("../local/check-temporary-folder.cjs");
  // It has no types, and needs none.
  require(require.resolve("tsx/cjs"));
  /** @type {typeof import("../local/terraform")} */
  const { withTerraform } = require("../local/terraform");
  const env = await withTerraform(process.env);
  runTerraform(env.SERVERLESS_TASKS_TERRAFORM ?? "terraform", env);
}

main().catch((/** @type {unknown} */ error) => {
  console.error(error instanceof Error && error.name === "LocalCloudError" ? `\n${error.message}` : error);
  process.exitCode = 1;
});
