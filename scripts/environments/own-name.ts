import { renamed } from "../../packages/npm-workspaces/src/renamed";
import type { Contents } from "../../packages/npm-workspaces/src/repository";
import { readManifest } from "../../packages/npm-workspaces/src/workspaces";

/** Renames the files of another version of the repository to the name of this one, as `rename` does. */
export const inOwnName =
  (folder: string) =>
  (contents: Contents): Contents => {
    const { name } = JSON.parse(contents.get("package.json") ?? "{}") as { readonly name?: string };
    return name === undefined ? new Map() : renamed(contents, name, readManifest(folder).name);
  };
