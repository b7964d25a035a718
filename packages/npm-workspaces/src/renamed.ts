import { basename } from "node:path";
import type { Contents } from "./repository";

type Json = Readonly<Record<string, unknown>>;

/**
 * Renames a repository from `shop` to `orders`: the scope `@shop/`, the names `shop` and `shop-…` in package.json and
 * package-lock.json, and the title of the README.
 * @returns the files that change
 */
export function renamed(contents: Contents, from: string, to: string): Map<string, string> {
  const changed = [...contents].map(([path, text]) => [path, renamedContent(path, text, from, to)] as const);
  return new Map(changed.filter(([path, text]) => text !== contents.get(path)));
}

function renamedContent(path: string, text: string, from: string, to: string): string {
  const scoped = text.replaceAll(`@${from}/`, `@${to}/`);
  const name = basename(path);
  if (path === "README.md") return scoped.replace(`# ${from}\n`, `# ${to}\n`);
  if (name !== "package.json" && name !== "package-lock.json") return scoped;
  const named = scoped.replaceAll(new RegExp(`("name": ")${from}(?=["-])`, "g"), `$1${to}`);
  return name === "package.json" || named === text ? named : inOrder(named);
}

const maps = ["dependencies", "devDependencies", "optionalDependencies", "peerDependencies"];

/** Sorts a lockfile as npm does, which would otherwise do so at the next installation. */
function inOrder(lockfile: string): string {
  const content = JSON.parse(lockfile) as Json & { readonly packages?: Readonly<Record<string, Json>> };
  const packages = Object.entries(content.packages ?? {}).map(([path, entry]) => [
    path,
    withSortedMaps(entry),
  ]);
  const sorted = { ...content, packages: sortedByKey(Object.fromEntries(packages) as Json) };
  return `${JSON.stringify(sorted, undefined, 2)}\n`;
}

const withSortedMaps = (entry: Json): Json =>
  Object.fromEntries(
    Object.entries(entry).map(([key, value]) => [
      key,
      maps.includes(key) ? sortedByKey(value as Json) : value,
    ]),
  );

const sortedByKey = (map: Json): Json =>
  Object.fromEntries(Object.entries(map).sort(([one], [other]) => one.localeCompare(other, "en")));
