import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { run } from "./command";
import { installedPythonTool, pythonToolFolder, type PythonTool } from "./python-tool";

/** A Python that makes environments in empty folders only, whose pip installs the program `hello`. */
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

const home = () => ({ tools: join(folder, "tools") });
const install = (reports: string[] = [], from: NodeJS.ProcessEnv = {}) =>
  installedPythonTool(tool, home(), (line) => reports.push(line), {
    PATH: [join(folder, "bin"), process.env.PATH].join(delimiter),
    ...from,
  });
const says = async (path: string) => (await run(path, [], { PATH: process.env.PATH })).stdout;

test("is installed once", async () => {
  const reports: string[] = [];
  expect(await says(await install(reports))).toBe("hello\n");
  await install(reports);
  expect(reports).toEqual(["installing Hello 1 from PyPI"]);
});

test("several that need it at once get one that works, and leave one", async () => {
  const paths = await Promise.all([install(), install(), install()]);
  for (const path of paths) expect(await says(path)).toBe("hello\n");
  expect(readdirSync(home().tools)).toHaveLength(2);
});

test("an interrupted installation is done again", async () => {
  mkdirSync(join(pythonToolFolder(tool, home()), "bin"), { recursive: true });
  expect(await says(await install())).toBe("hello\n");
});

test("an installation that fails leaves nothing", async () => {
  await expect(install([], { PIP_FAILS: "yes" })).rejects.toThrow("no route");
  expect(readdirSync(home().tools)).toEqual([]);
  expect(existsSync(pythonToolFolder(tool, home()))).toBe(false);
});
