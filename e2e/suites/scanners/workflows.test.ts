import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../../../scripts/build/paths";
import { actionlintProblems } from "../../../packages/scanners/src/actionlint";
import { zizmorProblems } from "../../../packages/scanners/src/zizmor";

let folder: string;
jest.setTimeout(180_000); // the first run installs zizmor
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), "workflows-")), ".github");
  cpSync(join(root, ".github"), folder, { recursive: true });
});
afterEach(() => {
  rmSync(join(folder, ".."), { recursive: true });
});

/**
 * Replaces a string in verify.yml.
 * @throws {Error} when verify.yml does not have it
 */
function edit(from: string, to: string): void {
  const path = join(folder, "workflows", "verify.yml");
  const yaml = readFileSync(path, "utf8");
  if (!yaml.includes(from)) throw new Error(`Expected ${from} in verify.yml, found:\n${yaml}`);
  writeFileSync(path, yaml.replace(from, to));
}

const rulesOf = async (problems: Promise<readonly { readonly rule: string }[]>) => [
  ...new Set((await problems).map(({ rule }) => rule)),
];

test.each([
  ["template-injection", "- run: npm test", '- run: echo "${{ github.event.pull_request.title }}"'],
  [
    "unpinned-uses",
    "actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2",
    "actions/checkout@v4",
  ],
  ["dangerous-triggers", "  pull_request:", "  pull_request_target:"],
  ["artipacked", "        with:\n          persist-credentials: false\n", ""],
  ["excessive-permissions", "    permissions:\n      contents: read", "    permissions: write-all"],
])("zizmor finds %s", async (rule, from, to) => {
  edit(from, to);
  expect(await rulesOf(zizmorProblems(folder))).toContain(rule);
});

test("zizmor checks every workflow and action of the folder", async () => {
  writeFileSync(
    join(folder, "workflows", "new.yaml"),
    "on: pull_request_target\npermissions: {}\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps: [{ run: 'true' }]\n",
  );
  const action = join(folder, "actions", "setup", "action.yml");
  writeFileSync(
    action,
    readFileSync(action, "utf8").replace("- run: npm ci", '- run: "${{ inputs.node-version }}"'),
  );
  const found = (await zizmorProblems(folder)).map(({ file, rule }) => `${file} ${rule}`);
  expect(found).toContain("workflows/new.yaml dangerous-triggers");
  expect(found).toContain("actions/setup/action.yml template-injection");
});

test.each([
  ["expression", "${{ matrix.node }}\n    runs-on", "${{ matrix.nod }}\n    runs-on"],
  ["runner-label", "runs-on: ubuntu-24.04", "runs-on: ubuntu-23.04"],
  ["syntax-check", "timeout-minutes: 30", "timeout-minute: 30"],
])("actionlint finds %s", async (rule, from, to) => {
  edit(from, to);
  expect(await rulesOf(actionlintProblems(folder))).toEqual([rule]);
});
