// @ts-check
/**
 * Synthesizes the stacks: `npm run synth`, and what the cdktf CLI runs. It runs a bundle of deploy/, which is made anew
 * when anything that it or the zips are made of has changed. In plain JavaScript, as to load a compiler would take as
 * long as all the rest; types are checked by `npm run cli -- check types`.
 */
const { spawnSync } = require("node:child_process");
const { createHash } = require("node:crypto");
const {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} = require("node:fs");
const { createRequire } = require("node:module");
const { dirname, join } = require("node:path");
const { isDeepStrictEqual } = require("node:util");
const vm = require("node:vm");

const root = dirname(__dirname);
const folder = join(root, ".build", "synth");
const bundle = join(folder, "app.js");
const stampFile = join(folder, "stamp");
const parsedFile = join(folder, "tfvars.json");
const cacheFile = join(folder, `app.${process.arch}.${process.version}.cache`);

/** Folders of what the zips and the bundle are made of; tfvars are read at every synth. */
const sourceFolders = [
  "deploy",
  "functions",
  "layers/dependencies",
  "packages/lambda-layer",
  "scripts/build",
];
const isSource = (/** @type {string} */ name) => !/\.test\.ts$|\.tfvars$|\.md$/.test(name);
const otherSources = [
  "scripts/prebuild.ts",
  "scripts/synth.cjs",
  "package.json",
  "node_modules/.package-lock.json",
];

/** @param {readonly (string | Uint8Array)[]} parts */
function digest(parts) {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(`${part.length}\n`).update(part);
  return hash.digest();
}

/** @type {(path: string) => string[]} */
const filesIn = (path) =>
  readdirSync(join(root, path), { withFileTypes: true })
    .filter(({ name }) => name !== "node_modules")
    .flatMap((entry) => {
      const inside = `${path}/${entry.name}`;
      return entry.isDirectory() ? filesIn(inside) : isSource(entry.name) ? [inside] : [];
    });

/** A text that is another one when the sources are, or the place that they lie in. */
function sourcesStamp() {
  const files = [...sourceFolders.flatMap(filesIn).sort(), ...otherSources];
  return digest([
    root,
    process.arch,
    ...files.flatMap((file) => [file, readFileSync(join(root, file))]),
  ]).toString("hex");
}

/** And when somebody has changed what was made of them. */
function productsStamp() {
  const zips = readdirSync(join(root, ".build")).filter((name) => name.endsWith(".zip"));
  const products = [bundle, ...zips.sort().map((name) => join(root, ".build", name))];
  return digest(products.map((path) => (existsSync(path) ? readFileSync(path) : ""))).toString("hex");
}

/** @type {(path: string, content: string | Uint8Array) => void} */
function replaceFile(path, content) {
  const part = `${path}.${process.pid}.part`;
  writeFileSync(part, content);
  renameSync(part, path);
}

/** @returns {boolean} whether there is a bundle to run now */
function makeFresh() {
  const sources = sourcesStamp();
  const isFresh =
    existsSync(stampFile) && readFileSync(stampFile, "utf8") === `${sources} ${productsStamp()}`;
  if (isFresh) return true;
  mkdirSync(folder, { recursive: true });
  for (const path of [parsedFile, cacheFile]) rmSync(path, { force: true });
  // Another run may be reading the bundle that is there.
  const part = `${bundle}.${process.pid}.part`;
  const made = spawnSync(process.execPath, ["--import", "tsx", join(__dirname, "prebuild.ts"), part], {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
  });
  if (made.status !== 0) return false;
  renameSync(part, bundle);
  // Taken before: what was changed meanwhile is not in the bundle.
  replaceFile(stampFile, `${sources} ${productsStamp()}`);
  return true;
}

/** The digest in front tells a cache that is damaged or of another text, which V8 would not. */
const digestBytes = 32;
function codeCache(/** @type {string} */ text) {
  if (!existsSync(cacheFile)) return undefined;
  const file = readFileSync(cacheFile);
  const cache = file.subarray(digestBytes);
  return digest([cache, text]).equals(file.subarray(0, digestBytes)) ? cache : undefined;
}

/**
 * `parse` of the package that reads HCL, which takes 300 ms to be there: what it said of a file before, it would say again.
 * @param {() => { parse: (name: string, text: string) => Promise<unknown> }} load
 */
function rememberingParser(load) {
  /** @type {Map<string, unknown>} */
  let known = new Map();
  try {
    known = new Map(JSON.parse(readFileSync(parsedFile, "utf8")));
  } catch {
    // None, or not ours.
  }
  return {
    /** @type {(name: string, text: string) => Promise<unknown>} */
    async parse(name, text) {
      const key = JSON.stringify([name, text]);
      if (!known.has(key)) {
        const value = await load().parse(name, text);
        // JSON has no number beyond JavaScript's largest: what is refused at first would be read as null later.
        if (!isDeepStrictEqual(JSON.parse(JSON.stringify(value)), value)) return value;
        known.set(key, value);
        replaceFile(parsedFile, JSON.stringify([...known]));
      }
      return structuredClone(known.get(key));
    },
  };
}

function runBundle() {
  const text = `(function (exports, require, module, __filename, __dirname) {${readFileSync(bundle, "utf8")}\n})`;
  const cachedData = codeCache(text);
  const script = new vm.Script(text, { filename: bundle, cachedData });
  const requireFromBundle = createRequire(bundle);
  const hcl = "@cdktf/hcl2json";
  const parser = rememberingParser(() => requireFromBundle(hcl));
  const requireKnown = Object.assign(
    (/** @type {string} */ name) => (name === hcl ? parser : requireFromBundle(name)),
    requireFromBundle,
  );
  const module = { exports: {} };
  script.runInThisContext()(module.exports, requireKnown, module, bundle, folder);
  process.on("exit", () => {
    if (cachedData !== undefined || process.exitCode) return;
    const cache = script.createCachedData();
    replaceFile(cacheFile, Buffer.concat([digest([cache, text]), cache]));
  });
}

/** The cdktf CLI tells what there is itself. */
function tellWhenDone() {
  const started = performance.now();
  process.on("exit", () => {
    if (process.exitCode) return;
    const { stacks } = JSON.parse(readFileSync(join("cdktf.out", "manifest.json"), "utf8"));
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(`${Object.keys(stacks).sort().join(", ")}: synthesized into cdktf.out in ${seconds} s`);
  });
}

// Some package of cdktf's uses what Node has given up.
process.noDeprecation = true;
if (process.env.CDKTF_OUTDIR === undefined) tellWhenDone();
if (makeFresh()) runBundle();
else process.exitCode = 1;
