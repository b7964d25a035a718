import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { scripts } from "../../package.json";
import { root } from "../build/paths";
import { commands } from "../core/program";

const pages = ["README.md", "CHANGELOG.md", ".github/CONTRIBUTING.md"].concat(
  readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".md"))
    .map((path) => join("docs", path)),
);

/** The commands and npm scripts that a page names. */
function namedIn(page: string): { readonly cli: string[]; readonly script: string[] } {
  const text = readFileSync(join(root, page), "utf8");
  return {
    cli: [...text.matchAll(/npm run cli -- ([a-z][a-z-]*)/g)].map(([, name = ""]) => name),
    script: [...text.matchAll(/npm run ([a-z][a-z:-]*)/g)].map(([, name = ""]) => name),
  };
}

test("pages name commands and npm scripts that exist", () => {
  const known = new Set(commands.names());
  const wrong = pages.flatMap((page) => {
    const { cli, script } = namedIn(page);
    const unknown = [
      ...cli.filter((name) => !known.has(name)),
      ...script.filter((name) => !(name in scripts)),
    ];
    return unknown.map((name) => `${page}: ${name}`);
  });
  expect(pages.flatMap((page) => namedIn(page).cli).length).toBeGreaterThan(50);
  expect(wrong).toEqual([]);
});

const npmScripts: Readonly<Record<string, string>> = scripts;

/** Command lines in code, each with its command: `npm run cli -- plan dev --aws` and `npm run bootstrap -- dev --aws`. */
function commandLinesIn(page: string) {
  const text = readFileSync(join(root, page), "utf8");
  const inCode = [/`([^`\n]+)`/g, /^(npm run .*)$/gm].flatMap((pattern) =>
    [...text.matchAll(pattern)].map(([, code = ""]) => code),
  );
  return inCode.flatMap((code) => {
    const [, script = "", rest = ""] = /^npm run ([a-z][a-z:-]*) -- (.*)$/.exec(code) ?? [];
    const target =
      script === "cli" ? rest : `${/cli\.ts (.*)$/.exec(npmScripts[script] ?? "")?.[1] ?? ""} ${rest}`;
    const [command = "", ...parameters] =
      target
        .split(/ (?:#|\||<|&&)|;/)[0]
        ?.trim()
        .split(/\s+/) ?? [];
    const end = parameters.indexOf("--");
    const own = end === -1 ? parameters : parameters.slice(0, end);
    return command === "" ? [] : [{ code, command, options: own.filter((each) => each.startsWith("--")) }];
  });
}

test("the options that pages name are options of their commands", () => {
  const lines = pages.flatMap((page) => commandLinesIn(page).map((line) => ({ page, ...line })));
  const named = lines.filter(
    ({ options, command }) => options.length > 0 && commands.names().includes(command),
  );
  expect(named.length).toBeGreaterThan(30);
  const wrong: string[] = [];
  for (const { page, code, command, options } of named) {
    const known = ["help", ...Object.keys(commands.load(command).options)];
    for (const option of options)
      if (!known.includes(option.slice(2).split("=")[0] ?? "")) wrong.push(`${page}: ${code}`);
  }
  expect(wrong).toEqual([]);
});
