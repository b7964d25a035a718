import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import * as z from "zod";
import { root } from "../build/paths";
import { childEnvironment, inherited } from "../../packages/local-cloud/src/child-environment";
import { run } from "../../packages/local-cloud/src/command";
import { temporaryFolderFor } from "../../packages/local-cloud/src/temporary-folder";

/** The socket that a provider opens for Terraform, with the longest random numbers. */
const socketIn = (folder: string) => `${folder}/plugin-dir4294967295/plugin4294967295`;
const longestSocketBytes = 103;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync("/tmp/t-");
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** A folder's name may have 255 bytes. */
const subfolder = fc
  .tuple(fc.constantFrom("a", "é ", "' ", "日"), fc.integer({ min: 1, max: 80 }))
  .map(([letters, count]) => `x${letters.repeat(count)}`);

test("a provider's socket path fits in the TMPDIR of child processes", () => {
  let shortened = 0;
  fc.assert(
    fc.property(subfolder, (name) => {
      const TMPDIR = join(folder, name);
      mkdirSync(TMPDIR, { recursive: true });
      const chosen = temporaryFolderFor({ TMPDIR }).TMPDIR;
      if (chosen !== TMPDIR) shortened++;
      expect(Buffer.byteLength(socketIn(chosen ?? ""))).toBeLessThanOrEqual(longestSocketBytes);
      // A TMPDIR that is short enough is kept.
      if (Buffer.byteLength(socketIn(TMPDIR)) <= longestSocketBytes) expect(chosen).toBe(TMPDIR);
    }),
  );
  expect(shortened).toBeGreaterThan(0);
});

test("child processes get that TMPDIR", () => {
  const TMPDIR = join(folder, "long".repeat(25));
  mkdirSync(TMPDIR);
  const target = { endpoint: "http://127.0.0.1:4566", accountId: "111111111111", region: "eu-central-1" };
  const terraform = { path: "/opt/terraform", environment: {} };
  expect(inherited({ TMPDIR }).TMPDIR).toBe("/tmp");
  expect(childEnvironment(target, terraform, { TMPDIR }).TMPDIR).toBe("/tmp");
  expect(temporaryFolderFor({})).toEqual({});
  expect(temporaryFolderFor({ TMPDIR: "" })).toEqual({});
});

test("a relative TMPDIR becomes absolute, since Terraform runs in other folders", () => {
  expect(temporaryFolderFor({ TMPDIR: "." }).TMPDIR).toBe(process.cwd());
});

test.each([
  ["does not exist", "missing", () => undefined],
  [
    "is not a folder",
    "file",
    (path: string) => {
      writeFileSync(path, "");
    },
  ],
])("a TMPDIR that %s is an error with instructions", (problem, name, make) => {
  const TMPDIR = join(folder, name);
  make(TMPDIR);
  expect(() => temporaryFolderFor({ TMPDIR })).toThrow(
    new RegExp(`^${TMPDIR} cannot be used .*: it ${problem}\\.\\n.*\\n.*unset TMPDIR`),
  );
});

// root may write anywhere.
const testAsUser = process.getuid?.() === 0 ? test.skip : test;
testAsUser("a TMPDIR without write permission is an error", () => {
  chmodSync(folder, 0o555);
  expect(() => temporaryFolderFor({ TMPDIR: folder })).toThrow("cannot be written to");
});

test("a TMPDIR that is too long is an error when there is no short one", () => {
  const TMPDIR = join(folder, "long".repeat(25));
  mkdirSync(TMPDIR);
  expect(() => temporaryFolderFor({ TMPDIR }, join(folder, "none"))).toThrow(
    `${join(folder, "none")} cannot be used`,
  );
});

test.each(["start", "dev"] as const)("npm %s checks TMPDIR before it loads TypeScript", async (name) => {
  const { scripts } = z
    .object({ scripts: z.record(z.string(), z.string()) })
    .parse(JSON.parse(readFileSync(join(root, "package.json"), "utf8")));
  const TMPDIR = join(folder, "file");
  writeFileSync(TMPDIR, "");
  // An environment that does not exist, so that nothing starts if the check is missing.
  const command = `${scripts[name] ?? "exit 9"} nowhere`;
  const { exitCode, stderr } = await run("sh", ["-c", command], { PATH: process.env.PATH, TMPDIR }, root);
  expect(exitCode).toBe(1);
  expect(stderr).toContain(`${TMPDIR} cannot be used for temporary files: it is not a folder.`);
});
