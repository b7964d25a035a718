import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative, sep } from "node:path";
import type express from "express";
import { expressApis } from "./express/apis";
import { expressPrograms } from "./express/programs";
import { described, type Programs, type Tools } from "./program";

/** Settings of a process that runs the programs: `run-programs <settings.json>`. */
export interface RunSettings {
  /** Folder whose `node_modules` has the published packages. */
  readonly root: string;
  /** A layer's bundle and the ids of its modules. Without it, the published packages are used. */
  readonly layer?: { readonly vendor: string; readonly ids: readonly string[] };
  /** Folder with the programs' files. */
  readonly folder: string;
  /** File for the result. */
  readonly result: string;
}

export interface RunResult {
  readonly outcomes: Readonly<Record<string, unknown>>;
  /** Names of Express's APIs. */
  readonly apis: readonly string[];
  /** Paths of the modules that Node has loaded. */
  readonly loaded: readonly string[];
}

type Load = Tools["load"];

const published =
  ({ root }: RunSettings): Load =>
  (name) =>
    createRequire(join(root, "index.js"))(name) as unknown;

const fromLayer =
  (root: string, { vendor, ids }: NonNullable<RunSettings["layer"]>): Load =>
  (name) => {
    const file = createRequire(join(root, "index.js")).resolve(name);
    const id = relative(join(root, "node_modules"), file).split(sep).join("/");
    const layer = createRequire(__filename)(vendor) as Readonly<Record<string, unknown>> & { load: Load };
    if (!ids.includes(id) && !(name in layer)) throw new Error(`Expected ${name} in the layer, found none`);
    return ids.includes(id) ? layer.load(id) : layer[name];
  };

async function main([settingsFile = ""]: readonly string[]): Promise<void> {
  const settings = JSON.parse(readFileSync(settingsFile, "utf8")) as RunSettings;
  const load = settings.layer === undefined ? published(settings) : fromLayer(settings.root, settings.layer);
  const tools: Tools = { load, express: load("express") as typeof express, folder: settings.folder };
  // Cookies and signatures contain the time.
  Date.now = () => Date.UTC(2026, 0, 2);
  const result: RunResult = {
    outcomes: await outcomesOf(expressPrograms, tools),
    apis: await expressApis(tools.express),
    loaded: Object.keys(createRequire(__filename).cache),
  };
  writeFileSync(settings.result, JSON.stringify(result));
}

async function outcomesOf(programs: Programs, tools: Tools): Promise<Record<string, unknown>> {
  const outcomes: Record<string, unknown> = {};
  for (const [name, { run }] of Object.entries(programs)) {
    try {
      outcomes[name] = await run(tools);
    } catch (error) {
      outcomes[name] = { failed: described(error) };
    }
  }
  return outcomes;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
