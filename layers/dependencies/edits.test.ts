import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { Edits } from "../../packages/lambda-layer/src/edits";
import { editedFiles } from "../../packages/lambda-layer/src/edited-files";
import { edits } from "./edits";
import { equalBehaviour } from "./behaviour";

const root = join(__dirname, "..", "..");

/** Each edited file behaves as the published one. Both are bundled with their imports. */
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "edits-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function bundled(file: string, name: string, applied: Edits): Promise<() => never> {
  const outfile = join(folder, `${file.replace(/\W/g, "-")}.${name}.cjs`);
  await build({
    entryPoints: [join(root, "node_modules", file)],
    outfile,
    bundle: true,
    platform: "node",
    target: "node22",
    mainFields: ["module", "main"],
    external: ["supports-color"],
    // Jest does not support import() in CommonJS.
    supported: { "dynamic-import": false },
    plugins: [editedFiles(root, applied)],
    logLevel: "silent",
  });
  return () => {
    jest.resetModules();
    return jest.requireActual<never>(outfile);
  };
}

const programs = edits.flatMap(({ file, test }) =>
  Object.entries(equalBehaviour[test] ?? {}).map(([name, program]) => ({ file, test, name, program })),
);

test("each edit names a test", () => {
  expect(edits.length).toBeGreaterThan(0);
  expect(edits.filter(({ test }) => Object.keys(equalBehaviour[test] ?? {}).length === 0)).toEqual([]);
});

test("each test is used by an edit", () => {
  expect(Object.keys(equalBehaviour).sort()).toEqual([...new Set(edits.map(({ test }) => test))].sort());
});

test.each(programs)("$test: $name ($file)", async ({ file, program }) => {
  const outcomeOf = async (load: () => never): Promise<unknown> => {
    try {
      return await program(load);
    } catch (error) {
      return { thrown: String(error) };
    }
  };
  const applied = new Edits(root, edits);
  const published = await outcomeOf(await bundled(file, "published", new Edits(root, [])));
  const edited = await outcomeOf(await bundled(file, "edited", applied));
  expect(applied.unused).not.toContain(file);
  expect(published).not.toHaveProperty("thrown");
  expect(edited).toEqual(published);
});
