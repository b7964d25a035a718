import { environmentNames } from "../../deploy/config/environments";
import { loadEnvironment } from "../../deploy/config/load-environment";
import { UsageError } from "../../packages/command-line/src/errors";
import { terminal } from "../../packages/command-line/src/testing/terminal";
import { settingOf } from "../../packages/hcl-edit/src/setting";
import { promptForValues, withValues } from "./setup";
import { accountsByEnvironment, environmentList, repositoryIdPair, repositoryName } from "./setup-values";

const names = environmentNames();

test("each prompt shows the present value, which an empty reply keeps", async () => {
  const configs = await Promise.all(names.map((name) => loadEnvironment(name)));
  const values = await promptForValues(terminal([]));
  const [first] = configs;
  expect(values).toMatchObject({
    environments: names,
    accounts: Object.fromEntries(configs.map(({ name, core }) => [name, core.allowed_account_ids[0]])),
    region: first?.core.region,
  });
  const github = first?.core.github;
  expect(values.repository).toEqual(github ? { owner: github.owner, repository: github.repository } : "none");
});

test("replies are the values, invalid ones are prompted for again, and no repository has no ids", async () => {
  const { shown, ...streams } = terminal(["dev", "12", "444455556666", "eu-west-1", "none"]);
  expect(await promptForValues(streams)).toEqual({
    environments: ["dev"],
    accounts: { dev: "444455556666" },
    region: "eu-west-1",
    repository: "none",
  });
  expect(shown).toContain('Expected an account id of 12 digits, found "12".\n');
});

test.each<[string, (given: string) => unknown]>([
  ["dev,nowhere", environmentList],
  ["dev", accountsByEnvironment],
  ["dev=123", accountsByEnvironment],
  ["nowhere=444455556666", accountsByEnvironment],
  ["owner", repositoryName],
  ["https://github.com/owner/name", repositoryName],
  ["1234567", repositoryIdPair],
  ["owner/name", repositoryIdPair],
])("%s is wrong usage", (given, parse) => {
  expect(() => parse(given)).toThrow(UsageError);
});

test("a repository is removed with its comment, and added again", () => {
  const core = (content: string) =>
    ({ environment: "dev", layer: "core", file: "terraform", content }) as const;
  const github = (owner: string) => `
# Replace by your repository; its ids: gh api …
github = {
  owner             = "${owner}"
  owner_id          = "1"
  repository        = "service"
  repository_id     = "2"
  classic_subject   = false
  existing_provider = false
}
`;
  const without = 'project = "example"\n';
  expect(withValues(core(without + github("example")), { repository: "none" })).toBe(without);
  const repository = { owner: "acme", repository: "service" };
  const repositoryIds = { owner_id: "1", repository_id: "2" };
  const withGithub = without + github("acme").replace(/# .*\n/, "");
  expect(withValues(core(without + github("example")), { repository })).toBe(withGithub);
  expect(
    settingOf(withValues(core(without), { repository, repositoryIds }), "github.existing_provider"),
  ).toBe("false");
  const added = withValues(core(without), { repository, repositoryIds });
  expect(withValues(core(added), { repository })).toBe(added);
  expect(withValues(core(without), { region: "us-east-1" })).toBe(`${without}region = "us-east-1"\n`);
});
