import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { fill } from "../../packages/source-edits/src/recipe";
import { root } from "../build/paths";
import { additions } from "../testing/adoptions";
import { defaultOptions, recipes, valuesOf } from "./add-to-service";

const page = (path: string) => readFileSync(join(root, path), "utf8");

/** The sections of the README with code blocks that extend the service, and the command that writes them. */
const sections = [
  ["Add a schedule", "schedule", "hourly-echo"],
  ["Add a task type", "task-type", "shout"],
  ["Add a route", "route", "version"],
] as const;
const mostLines = 15;

const sectionOf = (heading: string) =>
  page("README.md")
    .split(`### ${heading}\n`)[1]
    ?.split(/\n##+ /)[0] ?? "";

/** The code blocks of a section; the first line of each names its file. */
const blocksOf = (heading: string) =>
  [...sectionOf(heading).matchAll(/```\w+\n(.*?)```/gs)].map(([, text = ""]) => {
    const [first = "", ...lines] = text.trimEnd().split("\n");
    return { path: first.replace(/^(\/\/|#) /, ""), lines };
  });

/** What `add` writes to each file, in the order of the recipe. */
function writtenBy(kind: string, name: string) {
  const values = valuesOf(kind, name, defaultOptions(name));
  return (recipes[kind]?.steps ?? []).map((step) => {
    const [path, text] =
      "write" in step
        ? [step.write, step.content]
        : "tfvars" in step
          ? [step.tfvars, step.add]
          : [step.in, "import" in step ? step.import : step.add];
    return { isNew: "write" in step, path: fill(path, values), text: fill(text, values) };
  });
}

/** The tokens of TypeScript, without the trailing commas that the formatter adds. */
function tokens(source: string): string[] {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, true, ts.LanguageVariant.Standard, source);
  const found: string[] = [];
  while (scanner.scan() !== ts.SyntaxKind.EndOfFileToken) {
    const token = scanner.getTokenText();
    if (/^[)\]}]$/.test(token) && found.at(-1) === ",") found.pop();
    found.push(token);
  }
  return found;
}
const unindented = (text: string) => text.replace(/^ +/gm, "").trim();

describe.each(sections)('"%s" of the README', (heading, kind, name) => {
  const blocks = blocksOf(heading);
  const written = writtenBy(kind, name);

  test(`names the command, and takes ${mostLines} lines at most`, () => {
    expect(sectionOf(heading)).toContain(`\`npm run cli -- add ${kind} ${name}\``);
    const lines = blocks.flatMap((block) => block.lines);
    expect(lines.length).toBeGreaterThan(3);
    expect(lines.length).toBeLessThanOrEqual(mostLines);
  });

  test("shows the files that add writes; a test may be left out", () => {
    const paths = written.map(({ path }) => path).filter((path) => !path.endsWith(".test.ts"));
    const shown = blocks.map(({ path }) => path).filter((path) => !path.endsWith(".test.ts"));
    expect([...new Set(shown)].sort()).toEqual([...new Set(paths)].sort());
    expect(blocks.every(({ path }) => written.some((each) => each.path === path))).toBe(true);
  });

  test("shows what add writes to them", () => {
    for (const { path, lines } of blocks) {
      const steps = written.filter((each) => each.path === path);
      const [{ isNew, text } = { isNew: false, text: "" }] = steps;
      if (isNew) expect(tokens(lines.join("\n"))).toEqual(tokens(text));
      else if (path.endsWith(".tfvars")) expect(unindented(lines.join("\n"))).toBe(unindented(text));
      else {
        const added = lines.filter((line) => line.startsWith("+")).map((line) => line.slice(1));
        for (const step of steps)
          expect(added.join("\n")).toMatch(new RegExp(`(^|\\W)${quoted(step.text)}(\\W|$)`));
      }
    }
  });
});

const quoted = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");

test("make-it-yours names each kind that add writes, with the number of its files", () => {
  const rows = [...page("docs/make-it-yours.md").matchAll(/^\|.*`npm run cli -- add (\S+) [^|]*\|([^|]*)/gm)];
  const documented = rows.map(([, kind = ""]) => kind);
  expect(documented.length).toBeGreaterThan(5);
  expect(Object.keys(recipes)).toEqual(expect.arrayContaining(documented));
  for (const [, kind = "", what = ""] of rows) {
    const [, files] = /(\d+) files/.exec(what) ?? [];
    const [, expected] = additions.find(([commandLine]) => commandLine.startsWith(`${kind} `)) ?? [];
    if (files !== undefined) expect([kind, Number(files)]).toEqual([kind, expected]);
  }
});
