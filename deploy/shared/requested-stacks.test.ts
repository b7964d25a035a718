import { isDeployedAlone } from "./requested-stacks";

const shell = ["sh", "-c", "node_modules/.bin/tsx deploy/main.ts"];
const typed = (line: string) => [shell, line.split(" "), ["bash"]];

test.each([
  ["node /repo/node_modules/.bin/cdktf deploy infra-dev", true],
  ["node /repo/node_modules/.bin/cdktf deploy infra-dev --auto-approve --outputs-file out.json", true],
  ["node /usr/lib/node_modules/cdktf-cli/bundle/bin/cdktf.js deploy --auto-approve infra-dev", true],
  ["node /repo/node_modules/.bin/cdktf deploy core-dev infra-dev", false],
  ["node /repo/node_modules/.bin/cdktf deploy *-dev", false],
  ["node /repo/node_modules/.bin/cdktf deploy app-dev", false],
  ["node /repo/node_modules/.bin/cdktf destroy infra-dev", false],
  ["node /repo/node_modules/.bin/cdktf synth", false],
  ["node /repo/node_modules/.bin/tsx deploy/main.ts", false],
])("%s deploys infra-dev alone: %s", (line, alone) => {
  expect(isDeployedAlone("infra-dev", typed(line))).toBe(alone);
});

test("reads the command lines of the parent processes", () => {
  expect(isDeployedAlone("infra-dev")).toBe(false);
});
