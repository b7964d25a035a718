import { applyRecipe, fill, readRecipes } from "./recipe";
import { withSetting } from "../../hcl-edit/src/setting";
import { addEntry } from "./tfvars";
import { addImport, addTo, removeFrom } from "./typescript";

test.each([
  ["an empty object", "const a = {};", ["a"], "b: 1", "const a = {b: 1};"],
  ["an object", "const a = { b: 1, };", ["a"], "c: 2", "const a = { b: 1, c: 2, };"],
  ["a list", "export const a = [x] as const;", ["a"], "y", "export const a = [x, y] as const;"],
  [
    "satisfies",
    "const a = { b: 1 } as const satisfies T;",
    ["a"],
    "c: 2",
    "const a = { b: 1, c: 2 } as const satisfies T;",
  ],
  [
    "a call",
    "const a = z.strictObject({});",
    ["a"],
    "b: z.string()",
    "const a = z.strictObject({b: z.string()});",
  ],
  ["a member", "const a = { b: { c: 1 } };", ["a", "b"], "d: 2", "const a = { b: { c: 1, d: 2 } };"],
  ["a missing member", "const a = { b: 1 };", ["a", "c"], "d: 2", "const a = { b: 1, c: { d: 2 } };"],
  ["a missing list", "const a = f({ b: 1 });", ["a", "c"], '"d"', 'const a = f({ b: 1, c: ["d"] });'],
])("adds to %s", (_what, source, path, text, expected) => {
  expect(addTo("a.ts", source, path, text)).toBe(expected);
});

test("a member that exists, and a variable that does not, are errors that name the file", () => {
  expect(() => addTo("a.ts", "const a = { b: 1 };", ["a"], "b: 2")).toThrow("a.b in a.ts exists already.");
  expect(() => addTo("a.ts", "const a = [b];", ["a"], "b")).toThrow("b in a of a.ts exists already.");
  expect(() => addTo("a.ts", "const a = 1;", ["a"], "b: 2")).toThrow("a.ts has no object or list a");
});

test("an import is added after the others, once", () => {
  const source = 'import { a } from "./a";\nimport {\n  b,\n} from "./b";\n\na(b);\n';
  const added = addImport("a.ts", source, 'import { c } from "./c";');
  expect(added).toBe(
    'import { a } from "./a";\nimport {\n  b,\n} from "./b";\nimport { c } from "./c";\n\na(b);\n',
  );
  expect(addImport("a.ts", added, 'import { c } from "./c";')).toBe(added);
  expect(addImport("a.ts", "const a = 1;\n", 'import { c } from "./c";')).toBe(
    'import { c } from "./c";\n\nconst a = 1;\n',
  );
});

test("elements are removed with their imports", () => {
  const source = 'import { a } from "./a";\nimport { b } from "./b";\nconst all = [a, b] as const;\n';
  expect(removeFrom("x.ts", source, "all", ["b"])).toBe(
    'import { a } from "./a";\nconst all = [a] as const;\n',
  );
});

test("an entry is added to an object of tfvars, and removed", () => {
  const entry = '"b" = {\n  type = "echo"\n}';
  for (const tfvars of ["a = 1\n\nschedules = {\n}\n", "a = 1\n\nschedules = {}\n", "a = 1\n"]) {
    const added = addEntry("f", tfvars, "schedules", entry);
    expect(added).toBe('a = 1\n\nschedules = {\n  "b" = {\n    type = "echo"\n  }\n}\n');
    expect(() => addEntry("f", added, "schedules", entry)).toThrow('schedules."b" in f exists already.');
    expect(withSetting(added, "schedules.b", undefined)).toBe("a = 1\n\nschedules = {\n}\n");
  }
});

test("an entry whose name is aligned with others exists", () => {
  const tfvars = 'schedules = {\n  "b"        = { type = "echo" }\n  "longer-b" = { type = "echo" }\n}\n';
  expect(() => addEntry("f", tfvars, "schedules", '"b" = {}')).toThrow('schedules."b" in f exists already.');
});

test("a recipe changes files, formats them, and writes nothing", async () => {
  const { sample } = readRecipes(`
sample:
  what: A sample.
  steps:
    - { in: "a.ts", variable: names, add: '"{name}"' }
    - { write: "{name}.ts", content: "export const {name}   = { x: 1 }" }
`);
  if (sample === undefined) throw new Error("Expected the recipe sample, found none");
  const files = {
    read: (path: string) => (path === "a.ts" ? "const names = [];" : undefined),
    matching: () => [],
    format: (_path: string, content: string) => Promise.resolve(content.replace(/ +=/g, " =")),
  };
  expect(await applyRecipe(sample, { name: "b" }, files)).toEqual({
    "a.ts": 'const names = ["b"];',
    "b.ts": "export const b = { x: 1 }",
  });
  await expect(applyRecipe(sample, { name: "a" }, files)).rejects.toThrow("a.ts exists already.");
  expect(fill("{name} { a } {other}", { name: "b" })).toBe("b { a } {other}");
});
