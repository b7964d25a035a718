import { parse } from "yaml";
import * as z from "zod";
import { exists } from "./errors";
import { addEntry } from "./tfvars";
import { addImport, addTo } from "./typescript";

const step = z.union([
  z.strictObject({ write: z.string(), content: z.string() }),
  z.strictObject({ in: z.string(), import: z.string() }),
  z.strictObject({ in: z.string(), variable: z.string(), add: z.string() }),
  z.strictObject({ tfvars: z.string(), object: z.string(), add: z.string() }),
]);
type Step = z.output<typeof step>;

const recipe = z.strictObject({
  what: z.string(),
  /** Printed after the changes. */
  next: z.string().optional(),
  steps: z.array(step),
});
export type Recipe = z.output<typeof recipe>;

/** The recipes of a YAML file, by name. */
export const readRecipes = (yaml: string): Readonly<Record<string, Recipe>> =>
  z.record(z.string(), recipe).parse(parse(yaml));

export type Values = Readonly<Record<string, string>>;

/** Replaces `{name}` by its value; other braces stay. */
export const fill = (text: string, values: Values): string =>
  text.replaceAll(/\{(\w+)\}/g, (all, name: string) => values[name] ?? all);

export interface Files {
  /** The content of a file; undefined if it does not exist. */
  readonly read: (path: string) => string | undefined;
  readonly format: (path: string, content: string) => Promise<string>;
  /** The files of a path with `*` for a folder. */
  readonly matching: (pattern: string) => readonly string[];
}

/**
 * Applies a recipe.
 * @returns the new content of each changed file, formatted; nothing is written
 * @throws {CommandError} when a file or a name exists, or an edit finds no place
 */
export async function applyRecipe(
  { steps }: Recipe,
  values: Values,
  files: Files,
): Promise<Readonly<Record<string, string>>> {
  const changed = new Map<string, string>();
  const change = (path: string, edit: (content: string) => string) => {
    changed.set(path, edit(changed.get(path) ?? files.read(path) ?? ""));
  };
  for (const each of steps) applyStep(each, values, files, change);
  const formatted = [...changed].map(
    async ([path, content]) => [path, await files.format(path, content)] as const,
  );
  return Object.fromEntries(await Promise.all(formatted));
}

function applyStep(
  each: Step,
  values: Values,
  files: Files,
  change: (path: string, edit: (content: string) => string) => void,
): void {
  const filled = (text: string) => fill(text, values);
  if ("write" in each) {
    const path = filled(each.write);
    if (files.read(path) !== undefined) throw exists(path);
    change(path, () => filled(each.content));
  } else if ("tfvars" in each) {
    for (const path of files.matching(filled(each.tfvars)))
      change(path, (content) => addEntry(path, content, each.object, filled(each.add)));
  } else {
    const path = filled(each.in);
    change(path, (content) =>
      "import" in each
        ? addImport(path, content, filled(each.import))
        : addTo(path, content, filled(each.variable).split("."), filled(each.add)),
    );
  }
}
