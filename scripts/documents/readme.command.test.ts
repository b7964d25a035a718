import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../build/paths";
import { run } from "../../packages/local-cloud/src/command";
import { RepositoryCopy } from "../testing/repository-copy";

const readme = readFileSync(join(root, "README.md"), "utf8");
const mostLines = 15;

interface Snippet {
  readonly language: string;
  readonly path: string;
  readonly lines: readonly string[];
}

/** The code blocks of a section; the first line of each names its file. */
function snippetsOf(heading: string): Snippet[] {
  const section = readme.split(`### ${heading}\n`)[1]?.split(/\n##+ /)[0] ?? "";
  return [...section.matchAll(/```(\w+)\n(.*?)```/gs)].map(([, language = "", text = ""]) => {
    const [first = "", ...lines] = text.trimEnd().split("\n");
    return { language, path: first.replace(/^(\/\/|#) /, ""), lines };
  });
}

/** Applies the code blocks of a section to a copy of the repository. */
function follow(heading: string, copy: RepositoryCopy): void {
  for (const { language, path, lines } of snippetsOf(heading)) {
    const text = `${lines.join("\n")}\n`;
    if (language === "ts") copy.write(path, text);
    else if (language === "hcl") copy.edit(path, "schedules = {\n", `schedules = {\n${text}`);
    else {
      const without = lines.filter((line) => line.startsWith("-")).map((line) => line.slice(1));
      const [first = "", ...others] = lines
        .filter((line) => line.startsWith("+"))
        .map((line) => line.slice(1));
      copy.edit(path, "import", `${first}\nimport`);
      copy.edit(path, without.join("\n"), others.join("\n"));
    }
  }
}

/** Prints the results of using what the three sections add. */
const check = `
import { testApi } from "./functions/api/testing/test-api";
import { loadEnvironment } from "./deploy/config/load-environment";
import { taskTypes } from "./functions/worker/handlers";
async function main() {
  const { api } = testApi();
  const accepted = await api.post("/tasks").send({ type: "shout", payload: { message: "hello" } });
  const refused = await api.post("/tasks").send({ type: "shout", payload: {} });
  const version = await api.get("/version");
  const shout = taskTypes.find(({ name }) => name === "shout");
  const { infra } = await loadEnvironment("dev");
  console.log(JSON.stringify([accepted.status, refused.status, version.body, shout !== undefined, infra.schedules["hourly-echo"]]));
}
void main();
`;

const headings = ["Add a schedule", "Add a task type", "Add a route"];

test.each(headings)(`"%s" takes ${mostLines} lines at most`, (heading) => {
  const lines = snippetsOf(heading).flatMap((snippet) => snippet.lines);
  expect(lines.length).toBeGreaterThan(3);
  expect(lines.length).toBeLessThanOrEqual(mostLines);
});

test("the code blocks of the README compile and work", async () => {
  const copy = new RepositoryCopy();
  try {
    for (const heading of headings) follow(heading, copy);
    copy.write("check.ts", check);
    const bin = (name: string) => join(root, "node_modules", ".bin", name);
    const types = await run(bin("tsc"), ["--noEmit", "-p", copy.folder], process.env, copy.folder);
    expect(types.stdout).toBe("");
    const { stdout, stderr } = await run(bin("tsx"), ["check.ts"], process.env, copy.folder);
    expect(stderr).toBe("");
    expect(JSON.parse(stdout)).toEqual([
      202,
      422,
      { version: "1.2.3" },
      true,
      { expression: "rate(1 hour)", type: "echo", payload: { message: "still here" }, enabled: true },
    ]);
  } finally {
    copy.dispose();
  }
}, 240_000);

/** Commands of the README, each with a file that runs it. */
const runBy: Readonly<Record<string, string>> = {
  "npm ci": "docs/getting-to-aws.md",
  "npm start": "e2e/suites/smoke/steps/local-cloud.ts",
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
  "npm run cli -- redrive": "e2e/suites/faults/kinds/restarts.ts",
  "npm run cli -- secret": "e2e/suites/smoke/steps/secrets.ts",
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
    const word = (/[a-z]+(:[a-z]+)?$/.exec(command)?.[0] ?? "").replace("new:env", "new-env");
    expect([command, readFileSync(join(root, file), "utf8")]).toEqual([
      command,
      expect.stringContaining(word),
    ]);
  }
});
