import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cachingParser } from "./caching-parser";

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "caching-parser-"));
  file = join(folder, "parsed.json");
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** A parser with a constant result, and the number of its calls. */
function countingParser(result: unknown) {
  let calls = 0;
  const load = () => ({ parse: () => Promise.resolve(++calls > 0 ? result : undefined) });
  return { parser: () => cachingParser(file, load), calls: () => calls };
}

test("a file is parsed once for all processes; a changed one is parsed again", async () => {
  const { parser, calls } = countingParser({ a: [1] });
  expect(await parser().parse("a.tfvars", "a = [1]")).toEqual({ a: [1] });
  expect(await parser().parse("a.tfvars", "a = [1]")).toEqual({ a: [1] });
  expect(calls()).toBe(1);
  await parser().parse("a.tfvars", "a = [1, 2]");
  await parser().parse("b.tfvars", "a = [1]");
  expect(calls()).toBe(3);
});

test("a caller may change a result without changing the next one", async () => {
  const { parser } = countingParser({ a: 1 });
  const one = parser();
  await one.parse("a.tfvars", "a = 1");
  Object.assign((await one.parse("a.tfvars", "a = 1")) as object, { a: 2 });
  expect(await one.parse("a.tfvars", "a = 1")).toEqual({ a: 1 });
});

test("a value that JSON cannot represent is not cached", async () => {
  const { parser, calls } = countingParser({ a: Infinity });
  for (let run = 1; run <= 2; run++)
    expect(await parser().parse("a.tfvars", "a = 1e400")).toEqual({ a: Infinity });
  expect(calls()).toBe(2);
  expect(existsSync(file)).toBe(false);
});

test.each(["", "[[", '{"a":1}', "[1]"])("a damaged file is ignored: %j", async (content) => {
  writeFileSync(file, content);
  const { parser } = countingParser("parsed");
  expect(await parser().parse("a.tfvars", "")).toBe("parsed");
});
