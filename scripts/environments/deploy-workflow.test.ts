import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { root } from "../build/paths";
import { deployWorkflow, withoutJobs } from "./deploy-workflow";

const workflow = `# Deployments.
on:
  push:
    branches: [main]

jobs:
  environments:
    runs-on: ubuntu-24.04

  dev:
    needs: environments
    if: contains(fromJSON(needs.environments.outputs.names), 'dev')

  stage:
    needs: [environments, dev]
    # Each holds up the next.
    if: \${{ !failure() && !cancelled() && contains(fromJSON(needs.environments.outputs.names), 'stage') }}

  prod:
    needs: [environments, stage]
    uses: ./.github/workflows/deploy-environment.yml # the last

  report:
    needs: prod
    runs-on: ubuntu-24.04
`;
const needsOf = (text: string) => {
  const { jobs } = parse(text) as { readonly jobs: Readonly<Record<string, { readonly needs?: unknown }>> };
  return Object.fromEntries(Object.entries(jobs).map(([name, { needs }]) => [name, needs]));
};

test.each([
  [
    ["stage"],
    { environments: undefined, dev: "environments", prod: ["environments", "dev"], report: "prod" },
  ],
  [["stage", "prod"], { environments: undefined, dev: "environments", report: ["environments", "dev"] }],
  [
    ["dev"],
    { environments: undefined, stage: "environments", prod: ["environments", "stage"], report: "prod" },
  ],
  [["dev", "stage", "prod"], { environments: undefined, report: "environments" }],
])("without the jobs of %j, the others keep their order", (removed, expected) => {
  expect(needsOf(withoutJobs(workflow, removed))).toEqual(expected);
});

test("all other lines stay, comments included", () => {
  expect(withoutJobs(workflow, ["stage"])).toBe(
    workflow
      .replace(/ {2}stage:\n[^]*?\n\n/, "")
      .replace("needs: [environments, stage]", "needs: [environments, dev]"),
  );
});

test("a workflow without a job of the environment stays as it is", () => {
  expect(withoutJobs(workflow, ["qa"])).toBe(workflow);
  expect(withoutJobs("name: deploy\n", ["dev"])).toBe("name: deploy\n");
});

test("the repository's workflow loses the job only", () => {
  const text = readFileSync(join(root, deployWorkflow), "utf8");
  const names = Object.keys(needsOf(text)).filter((name) => name !== "environments");
  expect(names).not.toEqual([]);
  for (const name of names) {
    const without = withoutJobs(text, [name]);
    expect(Object.keys(needsOf(without))).toEqual(Object.keys(needsOf(text)).filter((each) => each !== name));
    const added = without.split("\n").filter((line) => !text.split("\n").includes(line));
    expect(added.every((line) => line.trim().startsWith("needs: "))).toBe(true);
  }
});
