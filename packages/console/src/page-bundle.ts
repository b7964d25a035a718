import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { replaceFile } from "../../lambda-layer/src/write-files";

/** A file of the page. */
export interface PageFile {
  readonly type: string;
  readonly content: string;
}
/** By path: `/index.html`. */
export type PageFiles = Readonly<Record<string, PageFile>>;

export const pageFolder = join(__dirname, "..", "page");

/** A hash of the page's sources: the version that the page shows. */
export function pageVersion(): string {
  const hash = createHash("sha256");
  for (const name of readdirSync(pageFolder, { recursive: true, encoding: "utf8" }).sort())
    if (/(?<!\.d)\.(tsx?|css)$/.test(name))
      hash.update(`${name}\n`).update(readFileSync(join(pageFolder, name)));
  return hash.digest("hex").slice(0, 12);
}

const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Console</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="main.css">
<script type="module" src="main.js"></script>
</head>
<body><div id="root"></div></body>
</html>
`;

/**
 * The page, minified.
 * @param cache a folder that keeps the newest bundle, by a hash of its sources
 */
export async function buildPage(cache?: string): Promise<PageFiles> {
  const version = pageVersion();
  const folder = cache === undefined ? undefined : join(cache, version);
  const names = ["main.js", "main.css"] as const;
  const cached = folder !== undefined && names.every((name) => existsSync(join(folder, name)));
  const contents = cached
    ? Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), "utf8")]))
    : await bundle();
  if (cache !== undefined && folder !== undefined && !cached) {
    rmSync(cache, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    for (const name of names) replaceFile(join(folder, name), Buffer.from(contents[name] ?? ""));
  }
  return {
    "/index.html": { type: "text/html", content: html },
    "/main.js": { type: "text/javascript", content: contents["main.js"] ?? "" },
    "/main.css": { type: "text/css", content: contents["main.css"] ?? "" },
  };
}

async function bundle(): Promise<Readonly<Record<string, string>>> {
  const { outputFiles } = await build({
    entryPoints: [join(pageFolder, "main.tsx")],
    outdir: pageFolder,
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    target: "es2022",
    jsx: "automatic",
    jsxImportSource: "preact",
    legalComments: "none",
  });
  return Object.fromEntries(outputFiles.map(({ path, text }) => [path.split(/[\\/]/).at(-1) ?? "", text]));
}
