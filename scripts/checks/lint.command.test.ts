import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import * as z from "zod";
import { run } from "../../packages/local-cloud/src/command";
import { root } from "../build/paths";

// The linter reads the types of a project first.
jest.setTimeout(120_000);

const manifest = z.object({
  "lint-staged": z.record(z.string(), z.union([z.string(), z.array(z.string())])),
});
const report = z.object({ diagnostics: z.array(z.object({ code: z.string() })) });

/** Of the compiler, of a rule without types, and of rules with types. */
const mistakes = [
  ['export const count: number = "one";', "typescript(TS2322)"],
  ["export const any = (given: any) => given;", "typescript(no-explicit-any)"],
  ["export const floating = (done: Promise<void>) => {\n  done;\n};", "typescript(no-floating-promises)"],
  ["export const never = (text: string) => text ?? 1;", "typescript(no-unnecessary-condition)"],
] as const;

test("check lint finds a mistake of each kind", async () => {
  // Not in the repository, which other tests copy at the same time.
  const folder = mkdtempSync(join(tmpdir(), "mistakes-"));
  try {
    const project = { extends: join(root, "tsconfig.base.json"), compilerOptions: { types: [] } };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(project));
    writeFileSync(join(folder, "mistakes.ts"), mistakes.map(([source]) => `${source}\n`).join(""));
    const programs = join(root, "node_modules", ".bin");
    // Where it finds tsgolint.
    const env = { ...process.env, PATH: [programs, process.env.PATH].join(delimiter) };
    const parameters = ["--config", join(root, ".oxlintrc.json"), "--format", "json"];
    const { exitCode, stdout } = await run(join(programs, "oxlint"), parameters, env, folder);
    const { diagnostics } = report.parse(JSON.parse(stdout));
    expect(exitCode).toBe(1);
    expect(diagnostics.map(({ code }) => code)).toEqual(
      expect.arrayContaining(mistakes.map(([, code]) => code)),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.each([
  ["oxlint", "client/schema.d.ts"],
  ["oxfmt", "package-lock.json"],
])("the hook of a commit accepts a file that %s ignores", async (program, ignored) => {
  const { "lint-staged": hook } = manifest.parse(
    JSON.parse(readFileSync(join(root, "package.json"), "utf8")),
  );
  const found = Object.values(hook)
    .flat()
    .filter((command) => command.startsWith(`${program} `));
  expect(found).not.toEqual([]);
  for (const command of found) {
    const parameters = [...command.split(" ").slice(1), ignored];
    const result = await run(join(root, "node_modules", ".bin", program), parameters, process.env, root);
    expect(result).toMatchObject({ exitCode: 0 });
  }
});
