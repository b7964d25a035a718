import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../build/paths";

const readme = readFileSync(join(root, "README.md"), "utf8");

/** Commands of the README, each with a file that runs it. */
const runBy: Readonly<Record<string, string>> = {
  "npm ci": "docs/getting-to-aws.md",
  "npm start": "e2e/suites/smoke/steps/local-cloud.ts",
  "npm run dev": "e2e/suites/smoke/steps/dev-loop.ts",
  "npm run cli -- reset": "e2e/suites/smoke/steps/local-cloud.ts",
  "npm test": ".github/workflows/verify.yml",
  "npm run destroy": "e2e/suites/smoke/steps/local-cloud.ts",
  "npm run bootstrap": "docs/getting-to-aws.md",
  "npm run new:env": "e2e/suites/environments/new-environment.test.ts",
  "npm run prove:iam": ".github/workflows/verify.yml",
  "npm run test:contract": ".github/workflows/verify.yml",
  "npx cdktf deploy": "docs/getting-to-aws.md",
  "npm run cli -- --help": "scripts/core/target.command.test.ts",
  "npm run cli -- apply": "e2e/suites/workflows/flows.test.ts",
  "npm run cli -- documents": "scripts/documents/documents.command.test.ts",
  "npm run cli -- drift": ".github/workflows/drift.yml",
  "npm run cli -- eject": "e2e/suites/smoke/steps/plain-terraform.ts",
  "npm run cli -- plan": ".github/workflows/plan.yml",
  "npm run cli -- add": "scripts/environments/adoption.command.test.ts",
  "npm run cli -- alarms": "e2e/suites/smoke/steps/alarms.ts",
  "npm run cli -- status": "e2e/suites/smoke/steps/pause.ts",
  "npm run cli -- console": "e2e/suites/console/console-suite.ts",
  "npm run cli -- dlq": "e2e/suites/faults/kinds/restarts.ts",
  "npm run cli -- rollback": "e2e/suites/operations/steps/releases.ts",
  "npm run cli -- rename": "scripts/testing/adoptions.ts",
  "npm run cli -- setup": "docs/getting-to-aws.md",
  "npm run cli -- test": ".github/workflows/verify.yml",
  "npm run cli -- secret": "e2e/suites/smoke/steps/secrets.ts",
};

/** How a file runs the command of an npm script: by the command itself, or by its suite in the matrix of verify.yml. */
const aliases: Readonly<Record<string, string>> = {
  "new:env": "new-env",
  "prove:iam": "suite: iam",
  "test:contract": "suite: contract",
};

test("a test, a workflow or a tested page runs each command of the README, unless a † marks it", () => {
  const blocks = [...readme.matchAll(/^```sh\n(.*?)```/gms)].flatMap(([, lines = ""]) =>
    lines.split(/\n|&&/),
  );
  const inline = [...readme.matchAll(/`(np[mx] [^`]+)`(?! †)/g)].map(([, command = ""]) => command);
  const commands = [...blocks, ...inline].flatMap(
    (line) => /np[mx] (run cli -- \S+|run \S+|cdktf \S+|\S+)/.exec(line)?.[0] ?? [],
  );
  expect([...new Set(commands)].sort()).toEqual(Object.keys(runBy).sort());
  for (const [command, file] of Object.entries(runBy)) {
    const name = /[a-z]+(:[a-z]+)?$/.exec(command)?.[0] ?? "";
    const word = aliases[name] ?? name;
    expect([command, readFileSync(join(root, file), "utf8")]).toEqual([
      command,
      expect.stringContaining(word),
    ]);
  }
});
