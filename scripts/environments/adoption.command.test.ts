import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { environmentNames } from "../../deploy/config/environments";
import { run } from "../../packages/local-cloud/src/command";
import type { TemplateUpgrade } from "../../packages/template-upgrade/src/template-upgrade";
import { AdoptedRepository } from "../testing/adopted-repository";
import { additions, edits, setupOptions } from "../testing/adoptions";
import { CommandProcess } from "../testing/command-process";
import { conflictingFile, nextVersion, templateOf } from "../testing/template-versions";

// One copy for all, since a copy, a check of types and a run of its tests take minutes. `npm run cli -- test adoption`
// tests each change by itself.
jest.setTimeout(1_800_000);

let repository: AdoptedRepository;
let commands: CommandProcess;
/** The template that the copy was created from, with a later version. */
let template: string;
beforeAll(async () => {
  repository = await AdoptedRepository.create();
  template = templateOf(repository.folder);
  commands = new CommandProcess(repository.folder);
});
afterAll(() => {
  commands.end();
  repository.dispose();
  rmSync(template, { recursive: true });
});

/** What --json prints. */
type Upgrade = Pick<TemplateUpgrade, "to" | "changed" | "conflicts">;
const examples = "functions/worker/handlers/examples";
/** Prints the results of using what was added. */
const check = `
import { testApi } from "./functions/api/testing/test-api";
import { loadEnvironment } from "./deploy/config/load-environment";
async function main() {
  const { api } = testApi();
  const accepted = await api.post("/tasks").send({ type: "sample.daily", payload: { message: "hello" } });
  const refused = await api.post("/tasks").send({ type: "sample.daily", payload: {} });
  const { body } = await api.get("/sample");
  const { infra } = await loadEnvironment("dev");
  console.log(JSON.stringify([accepted.status, refused.status, body, infra.schedules["sample-nightly"]]));
}
void main();
`;

const read = (path: string) => readFileSync(join(repository.folder, path), "utf8");
const tfvars = (environment: string) => read(`deploy/30_app/environments/${environment}/terraform.tfvars`);
const add = (...parameters: string[]) => commands.run(process.env, "add", ...parameters);

test.each(additions)("add %s writes %i files", async (commandLine, files) => {
  const { exitCode, stdout, stderr } = await add(...commandLine.split(" "));
  expect([exitCode, stderr]).toEqual([0, ""]);
  expect(stdout.match(/^ {2}wrote /gm)).toHaveLength(files);
});

test("add setting writes its schema and a value in each environment", async () => {
  expect(await add("setting", "sample", "--value", "hello")).toMatchObject({ exitCode: 0, stderr: "" });
  expect(read("functions/settings.ts")).toContain("sample: z");
  for (const environment of environmentNames())
    expect(tfvars(environment)).toContain('settings = {\n  sample = "hello"\n}\n');
});

test.each([
  "queue samplemails --function samplemailer",
  "table samplerecords",
  "task-type sample.daily",
  "setting sample",
])("a name that exists is refused, and nothing is changed: add %s", async (commandLine) => {
  const before = read("functions/service.ts");
  const { exitCode, stderr } = await add(...commandLine.split(" "));
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/exists already\.\n {2}expected {2}a new name/);
  expect(read("functions/service.ts")).toBe(before);
});

test("a name that is no part of names in AWS is wrong usage", async () => {
  const { exitCode, stderr } = await add("bucket", "My_Files");
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining('found "My_Files"')]);
  expect(existsSync(join(repository.folder, "functions/My_Files"))).toBe(false);
});

test("a task type, a route and a schedule work", async () => {
  repository.write("check.ts", check);
  const { stdout, stderr } = await run(
    join("node_modules", ".bin", "tsx"),
    ["check.ts"],
    process.env,
    repository.folder,
  );
  rmSync(join(repository.folder, "check.ts"));
  expect(stderr).toBe("");
  expect(JSON.parse(stdout)).toEqual([
    202,
    422,
    { version: "1.2.3" },
    { expression: "rate(1 hour)", type: "echo", payload: { message: "still here" }, enabled: true },
  ]);
});

test("examples remove deletes the folder, the line of the list, and the schedules; a second time it refuses", async () => {
  // A team may have removed them.
  if (existsSync(join(repository.folder, examples))) await repository.cli("examples", "remove");
  expect(existsSync(join(repository.folder, examples))).toBe(false);
  expect(read("functions/worker/handlers/index.ts")).not.toContain("examples");
  expect(read("deploy/20_infra/environments/dev/terraform.tfvars")).not.toContain("report.summary");
  const again = await commands.run(process.env, "examples", "remove");
  expect(again.stderr).toContain(`There is no ${examples}.`);
});

test("after all of it, with other values, another name and one environment, no check and no unit test is red", async () => {
  for (const edit of Object.values(edits)) await edit(repository);
  const changes = await repository.changes();
  await repository.commit("additions and values");
  // Both write the documents.
  await repository.cli("rename", "order-service");
  await repository.cli("setup", "--environments", "dev", ...setupOptions(["dev"]));
  await repository.cli("documents", "--check");
  // Generated cases follow no values of a team; the suite adoption runs them too.
  expect(await repository.failuresOf(changes, { hasProperties: false })).toEqual([]);
});

test("a later version of the template is merged: --dry-run lists the conflicts, and new files have the new name", async () => {
  repository.write(conflictingFile, `// The team's first line.\n${read(conflictingFile)}`);
  await repository.commit("all changes");
  const listed = JSON.parse(await repository.cli("upgrade", template, "--dry-run", "--json")) as Upgrade;
  const { to, changed, conflicts } = listed;
  expect([to, conflicts]).toEqual([nextVersion, [conflictingFile]]);
  const files = ["functions/shared/tasks/task.ts", "packages/newer/index.ts", "template.json"];
  expect([...changed].sort()).toEqual([...files, conflictingFile].sort());
  expect(await repository.changes()).toEqual([]);

  await repository.cli("upgrade", template);
  expect(read("functions/shared/tasks/task.ts")).toContain("\n// A correction.\n");
  expect(read("packages/newer/index.ts")).toBe('import "@order-service/functions/service";\n');
  expect(read(conflictingFile)).toMatch(
    /^<<<<<<< .*\n\/\/ The team's first line\.\n=======\n\/\/ The template's first line\.\n>>>>>>> /,
  );
  expect(read("functions/service.ts")).toContain('samplemails: { name: "samplemails"');
  expect(existsSync(join(repository.folder, examples))).toBe(false);
  expect(JSON.parse(read("package.json"))).toMatchObject({ name: "order-service" });
  expect(JSON.parse(read("template.json"))).toMatchObject({ version: nextVersion });
});
