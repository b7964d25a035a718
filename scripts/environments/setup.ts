import { existsSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { environmentNames, tfvarsPath } from "../../deploy/config/environments";
import { loadEnvironment } from "../../deploy/config/load-environment";
import { layers } from "../../deploy/shared/layers";
import type { Terminal } from "../../packages/command-line/src/confirm";
import { Questions } from "../../packages/command-line/src/prompt";
import { settingOf, withSettings } from "../../packages/hcl-edit/src/setting";
import type { Contents } from "../../packages/npm-workspaces/src/repository";
import { root } from "../build/paths";
import { runTool } from "../../packages/step-runner/src/run-tool";
import { deployWorkflow, withoutJobs } from "./deploy-workflow";
import { applyEdits, editedTfvars, readRepositoryFile, type Tfvars } from "./edit-tfvars";
import { devIsUsed } from "./errors";
import {
  accountId,
  environmentList,
  repositoryIdPair,
  repositoryName,
  type SetupValues,
} from "./setup-values";

/** Writes a team's values to tfvars. Prompts for all of them when none is given. */
export async function setup(given: SetupValues, isDryRun: boolean): Promise<void> {
  const isGiven = Object.values(given).some((value) => value !== undefined);
  const values = isGiven ? given : await promptForValues();
  const all = environmentNames();
  const kept = values.environments ?? all;
  if (!kept.includes("dev")) throw devIsUsed();
  const removed = all.filter((each) => !kept.includes(each));
  const edited = await editedTfvars(kept, (tfvars) => withValues(tfvars, values));
  applyEdits(new Map([...edited, ...withoutDeployments(removed)]), isDryRun);
  for (const name of removed) {
    console.log(`${isDryRun ? "would remove" : "removed"} deploy/*/environments/${name}`);
    if (isDryRun) continue;
    for (const layer of layers) rmSync(dirname(tfvarsPath(layer, name, "terraform")), { recursive: true });
  }
  if (!isDryRun) runTool(root, "Writing the documents", "tsx", ["scripts/cli.ts", "documents"]);
}

/** The workflow that deploys, if it changes. A repository without GitHub may have none. */
function withoutDeployments(removed: readonly string[]): Contents {
  if (!existsSync(join(root, deployWorkflow))) return new Map();
  const former = readRepositoryFile(deployWorkflow);
  const workflow = withoutJobs(former, removed);
  return new Map(workflow === former ? [] : [[deployWorkflow, workflow]]);
}

/** Prompts for all values, each with the present one. */
export async function promptForValues(terminal?: Terminal): Promise<SetupValues> {
  const questions = new Questions(terminal);
  try {
    const all = environmentNames();
    const environments = await questions.ask("Environments to keep", all.join(","), environmentList);
    const accounts: Record<string, string> = {};
    const [first = "dev"] = environments;
    const { core } = await loadEnvironment(first);
    for (const name of environments) {
      const [shown = ""] = (await loadEnvironment(name)).core.allowed_account_ids;
      accounts[name] = await questions.ask(`AWS account of ${name}`, shown, accountId);
    }
    const region = await questions.ask("Region", core.region, String);
    const { github } = core;
    const shown = github ? `${github.owner}/${github.repository}` : "none";
    const repository = await questions.ask("GitHub repository, or none", shown, repositoryName);
    if (repository === "none") return { environments, accounts, region, repository };
    const { owner, repository: name } = repository;
    const repositoryIds = await questions.ask(
      `Ids of owner and repository (gh api repos/${owner}/${name} --jq '"\\(.owner.id)/\\(.id)"')`,
      `${github?.owner_id ?? ""}/${github?.repository_id ?? ""}`,
      repositoryIdPair,
    );
    return { environments, accounts, region, repository, repositoryIds };
  } finally {
    questions.close();
  }
}

/** A tfvars file with the values that it has a setting for. */
export function withValues({ environment, layer, file, content }: Tfvars, values: SetupValues): string {
  const { accounts, region } = values;
  const account = accounts?.[environment];
  const regionSetting = region === undefined ? {} : { region: JSON.stringify(region) };
  if (file === "backend") {
    const [former = ""] = /\d{12}/.exec(settingOf(content, "bucket") ?? "") ?? [];
    const inAccount = account === undefined || former === "" ? content : content.replaceAll(former, account);
    return withSettings(inAccount, regionSetting);
  }
  if (layer !== "core") return content;
  const withAccount = withSettings(content, {
    ...regionSetting,
    ...(account !== undefined && { allowed_account_ids: `["${account}"]` }),
  });
  const known = account === undefined ? withAccount : withAccount.replace(/ *# replace by the id of .*/, "");
  return withRepository(known, values);
}

function withRepository(content: string, { repository, repositoryIds }: SetupValues): string {
  if (repository === undefined && repositoryIds === undefined) return content;
  const known = content.replace(/# Replace by your repository;.*\n/, "");
  if (repository === "none") return `${withSettings(known, { github: undefined }).trimEnd()}\n`;
  const changed = Object.entries({ ...repository, ...repositoryIds });
  if (settingOf(known, "github") !== undefined)
    return withSettings(
      known,
      Object.fromEntries(changed.map(([name, value]) => [`github.${name}`, JSON.stringify(value)])),
    );
  const lines = [...changed, ["classic_subject", false], ["existing_provider", false]] as const;
  const github = lines.map(([name, value]) => `  ${name.padEnd(17)} = ${JSON.stringify(value)}\n`);
  return `${content.trimEnd()}\n\ngithub = {\n${github.join("")}}\n`;
}
