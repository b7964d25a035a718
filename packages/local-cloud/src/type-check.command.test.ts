import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { project } from "./project";
import { checkTypes } from "./type-check";

// Starts the compiler, which takes seconds.
jest.setTimeout(120_000);

test("type errors of a saved source are reported, and that they are fixed", async () => {
  const folder = mkdtempSync(join(tmpdir(), "types-"));
  const sources = join(folder, "sources");
  mkdirSync(sources);
  const write = (text: string) => {
    writeFileSync(join(sources, "source.ts"), text);
  };
  const reports: string[] = [];
  const stop = new AbortController();
  const wrong = "export const count: number = 'one';\n";
  write(wrong);
  // Tests are no sources.
  mkdirSync(join(sources, "parts", "testing"), { recursive: true });
  for (const file of ["source.test.ts", "parts/part.test.ts", "parts/testing/builders.ts"])
    writeFileSync(join(sources, file), wrong);
  const options = { sources: relative(project, sources), folder: join(folder, "check") };
  const ended = checkTypes({ ...options, report: (text) => reports.push(text) }, stop.signal);
  try {
    const reported = async (count: number) => {
      while (reports.length < count) await delay(50);
    };
    await reported(1);
    expect(reports[0]).toMatch(/^Type errors: 1\n.*source\.ts:1:14 {2}Type 'string' is not assignable/);
    write("export const count: number = 1;\n");
    await reported(2);
    expect(reports[1]).toBe("Fixed: there are no type errors.");
  } finally {
    stop.abort();
    await ended;
    rmSync(folder, { recursive: true });
  }
  expect(reports).toHaveLength(2);
});
