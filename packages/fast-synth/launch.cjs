// @ts-check
/**
 * Runs `src/index.ts`, compiled once. In plain JavaScript, since loading a compiler takes longer than a synthesis.
 */
const { createHash } = require("node:crypto");
const { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } = require("node:fs");
const { join } = require("node:path");

const sources = join(__dirname, "src");

/**
 * Synthesizes the stacks of a CDKTF app.
 * @param {Omit<import("./src/options").FastSynthOptions, "preparer">} options
 */
function fastSynth(options) {
  /** @type {typeof import("./src/index")} */
  const { synthesize } = require(compiled(join(options.root, options.folder)));
  synthesize({ ...options, preparer: join(sources, "prepare.ts") });
}

/** @param {string} folder @returns {string} path of the compiled sources, whose name contains their hash */
function compiled(folder) {
  const hash = createHash("sha256");
  for (const name of readdirSync(sources).sort()) {
    if (/^(?!.*\.test\.).*\.ts$/.test(name))
      hash.update(`${name}\n`).update(readFileSync(join(sources, name)));
  }
  const file = join(folder, `fast-synth.${hash.digest("hex").slice(0, 16)}.cjs`);
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true });
    for (const name of readdirSync(folder))
      if (name.startsWith("fast-synth.")) rmSync(join(folder, name), { force: true });
    const part = `${file}.${process.pid}.part`;
    require("esbuild").buildSync({
      entryPoints: [join(sources, "index.ts")],
      outfile: part,
      bundle: true,
      platform: "node",
      target: "node20",
      tsconfigRaw: {},
      logLevel: "error",
    });
    renameSync(part, file);
  }
  return file;
}

module.exports = { fastSynth };
