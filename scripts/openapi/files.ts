import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import openapiTypes, { astToString } from "openapi-typescript";
import { format } from "prettier";
import { root } from "../build/paths";

export const documentPath = "functions/api/openapi.json";
const typesPath = "client/schema.d.ts";

/** The files made from the API's document, by path: itself, and the types of the client. */
export async function generatedFiles(document: object): Promise<Record<string, string>> {
  const text = `${JSON.stringify(document)}\n`;
  const types = astToString(await openapiTypes(text));
  return {
    [documentPath]: await format(text, { parser: "json", printWidth: 110 }),
    [typesPath]: await format(`/* Made by npm run openapi. */\n${types}`, {
      parser: "typescript",
      printWidth: 110,
    }),
  };
}

/** Paths of generated files that are not what the routes say. */
export const staleFiles = (files: Readonly<Record<string, string>>): string[] =>
  Object.entries(files)
    .filter(
      ([path, text]) => !existsSync(join(root, path)) || readFileSync(join(root, path), "utf8") !== text,
    )
    .map(([path]) => path);

export const writeFiles = (files: Readonly<Record<string, string>>): void => {
  for (const [path, text] of Object.entries(files)) writeFileSync(join(root, path), text);
};
