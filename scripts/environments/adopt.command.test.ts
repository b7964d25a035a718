import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { AdoptedRepository } from "../testing/adopted-repository";
import { CommandProcess } from "../testing/command-process";

jest.setTimeout(300_000);

let repository: AdoptedRepository;
let commands: CommandProcess;
beforeAll(async () => {
  repository = await AdoptedRepository.create({ hasExamples: true });
  commands = new CommandProcess(repository.folder);
});
afterAll(() => {
  commands.end();
  repository.dispose();
});

const cli = (name: string, ...parameters: string[]) => commands.run(process.env, name, ...parameters);
const core = (environment: string) =>
  readFileSync(
    join(repository.folder, `deploy/10_core/environments/${environment}/terraform.tfvars`),
    "utf8",
  );

test("rename --dry-run prints the lines, and writes none", async () => {
  const { exitCode, stdout } = await cli("rename", "orders", "--dry-run");
  expect(exitCode).toBe(0);
  for (const line of [
    "README.md:1: # orders",
    'functions/package.json:2: "name": "@orders/functions",',
    /^deploy\/10_core\/environments\/prod\/terraform.tfvars:\d+: project *= "orders"$/m,
    /^deploy\/30_app\/environments\/dev\/backend.tfvars:\d+: bucket *= "orders-dev-tfstate-111111111111"$/m,
    /^deploy\/20_infra\/environments\/stage\/backend.tfvars:\d+: dynamodb_table *= "orders-stage-tflock"$/m,
  ])
    expect(stdout).toMatch(line);
  expect(await repository.changes()).toEqual([]);
});

test.each([
  [2, ["rename", "Orders"], "Expected 3-20 of a-z, 0-9 and -, a letter first"],
  [1, ["rename", "xn--shop"], "bucket: expected an S3 bucket name"],
  [2, ["rename"], "Expected <name>, found nothing."],
  [2, ["setup"], "This prompts for values, and there is no terminal for it."],
  [2, ["setup", "--accounts", "dev=1"], "Expected an account id of 12 digits"],
  [1, ["setup", "--environments", "prod"], "The environment dev would be removed."],
  [1, ["setup", "--region", "eu-centrall-1"], "did you mean eu-central-1?"],
  [1, ["setup", "--accounts", "dev=333333333333"], "found 333333333333 in dev and prod"],
])(
  "the exit code is %i for %j, and nothing is written",
  async (expected, [name = "", ...parameters], message) => {
    const { exitCode, stderr } = await cli(name, ...parameters);
    expect([exitCode, stderr]).toEqual([expected, expect.stringContaining(message)]);
    expect(await repository.changes()).toEqual([]);
  },
);

test("setup writes the given values, keeps all others, and removes environments", async () => {
  const given = ["--accounts", "dev=444455556666", "--region", "us-east-1", "--repository-ids", "12/34"];
  expect(await cli("setup", ...given, "--environments", "dev")).toMatchObject({ exitCode: 0 });
  expect(core("dev")).toMatch(/^allowed_account_ids *= \["444455556666"\]$/m);
  expect(core("dev")).toMatch(/^region *= "us-east-1"$/m);
  expect(core("dev")).toMatch(
    /"owner":"example","owner_id":"12","repository":"service","repository_id":"34"/,
  );
  expect(core("dev")).toMatch(/^owner *= "platform"/m);
  const backend = join(repository.folder, "deploy/20_infra/environments/dev/backend.tfvars");
  expect(readFileSync(backend, "utf8")).toContain('"example-dev-tfstate-444455556666"');
  for (const layer of ["10_core", "20_infra", "30_app"])
    expect(existsSync(join(repository.folder, `deploy/${layer}/environments/prod`))).toBe(false);
  const workflow = readFileSync(join(repository.folder, ".github/workflows/deploy.yml"), "utf8");
  expect(workflow).not.toMatch(/^ {2}(stage|prod):/m);
});

test("rename refuses changes that are not committed", async () => {
  const { exitCode, stderr } = await cli("rename", "orders");
  expect(exitCode).toBe(1);
  expect(stderr).toContain("There are changes that are not committed:\n");
  expect(stderr).toContain("deploy/10_core/environments/dev/terraform.tfvars");
  expect(core("dev")).toMatch(/^project *= "example"$/m);
});
