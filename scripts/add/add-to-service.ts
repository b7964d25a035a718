import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { environmentNames } from "../../deploy/config/environments";
import {
  applyRecipe,
  fill,
  readRecipes,
  type Recipe,
  type Values,
} from "../../packages/source-edits/src/recipe";
import { root } from "../build/paths";
import { formatted } from "../core/format";
import { userError, wrongUsage } from "../core/errors";
import { printEdits, writeEdits } from "../environments/edit-tfvars";

export const recipes = readRecipes(readFileSync(join(__dirname, "recipes.yaml"), "utf8"));

export interface Addition {
  readonly kind: string;
  readonly name: string;
  /** Values of the command's options. */
  readonly options: Readonly<Record<string, string>>;
}

/** The values of options that are not given. */
export const defaultOptions = (name: string): Addition["options"] => ({
  user: "api",
  taskType: "echo",
  function: `${name}worker`,
  type: "echo",
  expression: "rate(1 hour)",
  payload: '{ message = "still here" }',
  environment: "dev",
  value: "default",
});

/** Names of these kinds are parts of variables and of names in AWS: one word. */
const oneWord = ["function", "queue", "table", "bucket"];
const word = /^[a-z][a-z0-9]{1,19}$/;
const dotted = /^[a-z][a-z0-9]*([._-][a-z0-9]+)*$/;

/**
 * The files that an addition changes, with their new content.
 * @throws {UsageError | CommandError} when the name is invalid or taken
 */
export function addition({ kind, name, options }: Addition): Promise<Readonly<Record<string, string>>> {
  const consumer = kind === "queue" ? options.function : undefined;
  const pattern = oneWord.includes(kind) ? word : dotted;
  if (!pattern.test(name) || (consumer !== undefined && !word.test(consumer)))
    throw wrongUsage(
      `Expected names of a-z and 0-9, a letter first, found "${name}" and "${consumer ?? ""}".`,
    );
  return applyRecipe(recipeOf(kind), valuesOf(kind, name, options), {
    read: (path) => (existsSync(join(root, path)) ? readFileSync(join(root, path), "utf8") : undefined),
    format: async (path, content) => (path.endsWith(".ts") ? formatted(path, content) : content),
    matching: (path) =>
      path.includes("*") ? environmentNames().map((each) => path.replace("*", each)) : [path],
  });
}

function recipeOf(kind: string): Recipe {
  const found = recipes[kind];
  if (found === undefined) throw wrongUsage(`Expected one of ${Object.keys(recipes).join(", ")}.`);
  return found;
}

/** The values of a recipe's placeholders. */
export function valuesOf(kind: string, name: string, options: Addition["options"]): Values {
  const camel = name.replaceAll(/[._-](.)/g, (_, letter: string) => letter.toUpperCase());
  const Camel = camel.charAt(0).toUpperCase() + camel.slice(1);
  const file = name.replaceAll(/[._]/g, "-");
  const own = { name, camel, Camel, file };
  const taskType = kind === "secret" ? options.taskType : undefined;
  return { ...options, ...own, ...(taskType !== undefined && handlerOf(taskType)) };
}

const handlers = "functions/worker/handlers";

/** The file and the variable of a task type. */
function handlerOf(taskType: string): Values {
  const declaration = new RegExp(`const (\\w+) = defineTaskType\\(\\{\\n\\s*name: "${taskType}"`);
  const files = readdirSync(join(root, handlers), { recursive: true, encoding: "utf8" });
  for (const handler of files.filter((path) => path.endsWith(".ts")).map((path) => `${handlers}/${path}`)) {
    const [, handlerVariable] = declaration.exec(readFileSync(join(root, handler), "utf8")) ?? [];
    if (handlerVariable !== undefined) return { handler, handlerVariable };
  }
  throw userError(
    `There is no task type ${taskType} in functions/worker/handlers.`,
    "--task-type with a type of the service",
    `npm run cli -- add task-type ${taskType}`,
  );
}

/** Writes an addition, and prints the files and what comes next. */
export async function addToService(wanted: Addition, dryRun: boolean): Promise<void> {
  const added = new Map(Object.entries(await addition(wanted)));
  if (dryRun) {
    printEdits(added);
    return;
  }
  writeEdits(added);
  for (const path of added.keys()) console.log(`  wrote ${path}`);
  const { next } = recipeOf(wanted.kind);
  const more = next === undefined ? "" : `\n  ${fill(next, { name: wanted.name })}`;
  console.log(`\nNext: npm run cli -- documents, then npm test${more}`);
}
