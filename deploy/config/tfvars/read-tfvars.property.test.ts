import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import * as z from "zod";
import { infraConfig } from "../schemas/infra";
import { ConfigurationError } from "../../shared/errors";
import { configurationError } from "../../testing/configuration-error";
import { readTfvars } from "./read-tfvars";

const name = "deploy/20_infra/environments/dev/terraform.tfvars";
const folder = mkdtempSync(join(tmpdir(), "tfvars-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** The values of a file with this content. */
function read(content: string, schema: z.ZodType = z.unknown()): Promise<unknown> {
  const path = join(folder, "terraform.tfvars");
  writeFileSync(path, content);
  return readTfvars(path, name, schema, ["dev"]);
}

async function isReadOrRejected(content: string, schema?: z.ZodType): Promise<void> {
  const outcome = await read(content, schema).catch((error: unknown) => error);
  if (!(outcome instanceof Error)) return;
  expect(outcome).toBeInstanceOf(ConfigurationError);
  expect(outcome).toMatchObject({ file: name });
}

/** HCL has JSON's escapes without `\b`, `\f` and `\/`. https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md */
const quoted = (value: string) =>
  JSON.stringify(value).replace(/\\(.)/g, (escape, letter) => {
    if (letter === "b") return "\\u0008";
    return letter === "f" ? "\\u000c" : escape;
  });

function literal(value: unknown): string {
  if (typeof value === "string") return quoted(value);
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value !== "object" || value === null) return String(value);
  const items = Object.entries(value).map(([key, inner]) => `${quoted(key)} = ${literal(inner)}`);
  return `{\n${items.join("\n")}\n}`;
}

const file = (values: Readonly<Record<string, unknown>>) =>
  Object.entries(values)
    .map(([key, value]) => `${key} = ${literal(value)}\n`)
    .join("");

/** Any character that UTF-8 can write. */
const character = fc
  .oneof(fc.nat(0xd7ff), fc.integer({ min: 0xe000, max: 0x10ffff }))
  .map((point) => String.fromCodePoint(point));
/** Strings as HCL keeps them: in Unicode's normal form C, and without the start of an expression. */
const hclString = fc
  .string({ unit: fc.oneof(fc.constantFrom("$", "%", "{", "}", '"', "\\", "#", "\n"), character) })
  .map((raw) => raw.replace(/[$%]+\{+/g, "$").normalize("NFC"));
const identifier = fc.stringMatching(/^[a-z][a-z0-9_-]{0,10}$/);
const { json } = fc.letrec<{ json: unknown }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 3 },
    hclString,
    fc
      .double({ noNaN: true, min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER })
      .map((number) => (number === 0 ? 0 : number)),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("json"), { maxLength: 4 }),
    fc.dictionary(fc.oneof(identifier, hclString), tie("json"), { maxKeys: 4, noNullPrototype: true }),
  ),
}));
const document = fc.dictionary(identifier, json, { maxKeys: 4, noNullPrototype: true });

test("values written as HCL are read unchanged", async () => {
  await fc.assert(
    fc.asyncProperty(document, async (values) => {
      expect(await read(file(values))).toEqual(values);
    }),
  );
});

describe("any file is read, or rejected with an error that names it", () => {
  test("any string", async () => {
    await fc.assert(fc.asyncProperty(fc.string({ unit: character }), (content) => isReadOrRejected(content)));
  });

  test("a string of HCL tokens", async () => {
    const parts = ["\n", " ", ...'a = 1 - . " ${ } { [ ] ( ) , <<E # /* ? : for in *'.split(" ")];
    const content = fc.array(fc.constantFrom(...parts), { maxLength: 20 }).map((chosen) => chosen.join(""));
    await fc.assert(fc.asyncProperty(content, (chosen) => isReadOrRejected(chosen)));
  });

  test("a file without some of its characters", async () => {
    const content = fc
      .tuple(document.map(file), fc.nat(100), fc.integer({ min: 1, max: 5 }))
      .map(([whole, at, length]) => whole.slice(0, at) + whole.slice(at + length));
    await fc.assert(fc.asyncProperty(content, (rest) => isReadOrRejected(rest)));
  });

  test("any values under the keys of a schema", async () => {
    const schedule = fc.record(
      {
        expression: json,
        type: fc.oneof(json, fc.constantFrom("echo", "report.summary")),
        payload: json,
        enabled: json,
      },
      { requiredKeys: [] },
    );
    const values = fc.record(
      {
        http_api: json,
        task_queue: fc.dictionary(fc.constantFrom("max_receive_count", "retention_days", "other"), json),
        table: fc.dictionary(fc.constantFrom("enabled", "other"), json),
        outbox: json,
        schedules: fc.oneof(json, fc.dictionary(identifier, schedule)),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(values.map(file), (content) => isReadOrRejected(content, infraConfig)),
      { numRuns: 50 },
    );
  });
});

test("an expression is rejected wherever a value may be, with its path", async () => {
  const expression = fc.constantFrom(
    "var.owner",
    '"${var.owner}"',
    "1 + 1",
    'upper("a")',
    '"%{ if true }a%{ endif }"',
  );
  const wrap = fc.constantFrom(
    { open: "", close: "", path: "" },
    { open: "[1, ", close: "]", path: ".1" },
    { open: "{ b = { c = ", close: " } }", path: ".b.c" },
  );
  await fc.assert(
    fc.asyncProperty(
      document,
      identifier,
      expression,
      wrap,
      async (values, key, written, { open, close, path }) => {
        const others = Object.fromEntries(Object.entries(values).filter(([other]) => other !== key));
        const reading = read(`${file(others)}${key} = ${open}${written}${close}\n`);
        const { file: wrongFile, problems } = await configurationError(reading);
        expect(wrongFile).toBe(name);
        expect(problems).toMatchObject([{ code: "expression", path: `${key}${path}` }]);
      },
    ),
    { numRuns: 50 },
  );
});
