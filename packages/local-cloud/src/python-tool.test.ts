import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { run } from "./command";
import { installedPythonTool, pythonToolFolder, type PythonTool } from "./python-tool";

/** A fake Python that creates environments in empty folders only, whose pip installs the program `hello`. */
const python = `#!/bin/sh
case "$*" in
  "-m venv "*)
    [ -z "$(ls -A "$3" 2>/dev/null)" ] || { echo "$3 is not empty" >&2; exit 1; }
    mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;
  "-m pip install "*)
    [ -z "$PIP_FAILS" ] || { echo "no route" >&2; exit 1; }
    printf '#!/bin/sh\\necho hello\\n' > "$(dirname "$0")/hello" && chmod +x "$(dirname "$0")/hello" ;;
  *) echo 3.11 ;;
esac
`;

let folder: string;
let tool: PythonTool;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "python-tool-"));
  mkdirSync(join(folder, "bin"));
  writeFileSync(join(folder, "bin", "python3"), python);
  chmodSync(join(folder, "bin", "python3"), 0o755);
  const requirements = join(folder, "requirements.txt");
  writeFileSync(requirements, "hello==1");
  tool = { name: "Hello", version: "1", program: "hello", requirements };
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const paths = () => ({ tools: join(folder, "tools") });
const install = (reports: string[] = [], from: NodeJS.ProcessEnv = {}) =>
  installedPythonTool(tool, paths(), (line) => reports.push(line), {
    PATH: [join(folder, "bin"), process.env.PATH].join(delimiter),
    ...from,
  });
const outputOf = async (path: string) => (await run(path, [], { PATH: process.env.PATH })).stdout;

test("a tool is installed once", async () => {
  const reports: string[] = [];
  expect(await outputOf(await install(reports))).toBe("hello\n");
  await install(reports);
  expect(reports).toEqual(["installing Hello 1 from PyPI"]);
});

test("concurrent installations leave one that works", async () => {
  const programs = await Promise.all([install(), install(), install()]);
  for (const path of programs) expect(await outputOf(path)).toBe("hello\n");
  expect(readdirSync(paths().tools)).toHaveLength(2);
});

test("an interrupted installation is repeated", async () => {
  mkdirSync(join(pythonToolFolder(tool, paths()), "bin"), { recursive: true });
  expect(await outputOf(await install())).toBe("hello\n");
});

test("an installation that fails leaves nothing", async () => {
  await expect(install([], { PIP_FAILS: "yes" })).rejects.toThrow("no route");
  expect(readdirSync(paths().tools)).toEqual([]);
  expect(existsSync(pythonToolFolder(tool, paths()))).toBe(false);
});
