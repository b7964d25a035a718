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

/** The code blocks below a heading; the first line of each names its file. */
function snippetsOf(heading: string): Snippet[] {
  const section = readme.split(`### ${heading}\n`)[1]?.split(/\n##+ /)[0] ?? "";
  return [...section.matchAll(/```(\w+)\n(.*?)```/gs)].map(([, language = "", text = ""]) => {
    const [first = "", ...lines] = text.trimEnd().split("\n");
    return { language, path: first.replace(/^(\/\/|#) /, ""), lines };
  });
}

/** Does to a copy of the repository what a section says. */
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

/** What must be true once all three sections have been followed. */
const check = `
import { testApi } from "./functions/api/testing/test-api";
import { loadEnvironment } from "./deploy/config/load-environment";
import { taskTypes } from "./functions/worker/handlers";
async function main() {
  const { api } = testApi();
  const accepted = await api.post("/tasks").send({ type: "shout", payload: { text: "hello" } });
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

test("what the README says to add compiles and works", async () => {
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
