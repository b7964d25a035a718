import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { displayPath, environmentNames, tfvarsPath } from "../../deploy/config/environments";
import { loadEnvironment } from "../../deploy/config/load-environment";
import { withSettings } from "../../packages/hcl-edit/src/setting";
import { removeFrom } from "../../packages/source-edits/src/typescript";
import { root } from "../build/paths";
import { userError } from "../core/errors";

const handlers = "functions/worker/handlers";
const folder = `${handlers}/examples`;

/** Deletes the example task types and their schedules, and prints the files. */
export async function removeExamples(): Promise<void> {
  if (!existsSync(join(root, folder)))
    throw userError(`There is no ${folder}.`, "the examples of the template", "nothing is left to do");
  const names = await exampleNames();
  for (const environment of environmentNames()) {
    const { schedules } = (await loadEnvironment(environment)).infra;
    const path = tfvarsPath("infra", environment, "terraform");
    const examples = Object.entries(schedules).filter(([, { type }]) => names.includes(type));
    if (examples.length === 0) continue;
    const tfvars = readFileSync(path, "utf8");
    writeFileSync(
      path,
      withSettings(tfvars, Object.fromEntries(examples.map(([name]) => [`schedules.${name}`, undefined]))),
    );
    console.log(`  changed ${displayPath(path)}`);
  }
  const list = join(root, handlers, "index.ts");
  writeFileSync(
    list,
    removeFrom("index.ts", readFileSync(list, "utf8"), "taskTypes", ["...examples", "examples"]),
  );
  rmSync(join(root, folder), { recursive: true });
  console.log(
    `  changed ${handlers}/index.ts\n  deleted ${folder}\n\nNext: npm run cli -- documents, then npm test`,
  );
}

/** Loaded by its path, since a service without examples has no such module. */
async function exampleNames(): Promise<string[]> {
  const loaded = (await import(join(root, folder, "index.ts"))) as {
    readonly examples: readonly { readonly name: string }[];
  };
  return loaded.examples.map(({ name }) => name);
}
