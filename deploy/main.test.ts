import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../scripts/build/paths";
import { run } from "../packages/local-cloud/src/command";
import { environmentNames } from "./config/environments";
import { unknownEnvironment } from "./config/errors";

// Another process compiles the sources.
jest.setTimeout(60_000);

test("a configuration error ends the synthesis with its message and without stacks", async () => {
  const folder = mkdtempSync(join(tmpdir(), "main-"));
  const outdir = join(folder, "cdktf.out");
  const env = { PATH: process.env.PATH, ENVIRONMENT: "nowhere", CDKTF_OUTDIR: outdir };
  const result = await run(join(root, "node_modules", ".bin", "tsx"), [join(root, "deploy", "main.ts")], env);
  expect(result.exitCode).toBe(1);
  expect(result.stderr.trim()).toBe(unknownEnvironment("nowhere", environmentNames()).message);
  expect(existsSync(outdir)).toBe(false);
  rmSync(folder, { recursive: true });
});
