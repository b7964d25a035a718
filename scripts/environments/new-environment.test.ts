import { functionNames } from "@serverless-tasks/functions/service";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { environmentNames } from "../../deploy/config/environments";
import { assertAcrossEnvironments } from "../../deploy/config/rules/across-environments";
import { loadEnvironment } from "../../deploy/config/load-environment";
import { layers, type Layer } from "../../deploy/shared/layers";
import { synthesize } from "../../deploy/testing/synthesize";
import { TemporaryDeploy } from "../../deploy/testing/temporary-deploy";
import { differences } from "./differences";
import { addEnvironment, linesNaming } from "./new-environment";

const folderOf = (layer: Layer, name: string) => dirname(copy.path(layer, name, "terraform"));

let copy: TemporaryDeploy;
beforeEach(() => {
  delete process.env.AWS_ENDPOINT_URL;
  copy = new TemporaryDeploy();
});
afterEach(() => {
  copy.dispose();
});

/** One character too long for the resource names of the project "example". */
const longName = "x".repeat(28);

const add = (name: string, options: { from?: string; accountId?: string } = {}) =>
  addEnvironment({ name, from: options.from ?? "stage", accountId: options.accountId, root: copy.root });

describe("a new environment", () => {
  test("has its own account and state, and synthesizes", async () => {
    expect(await add("qa")).toHaveLength(6);
    const all = await Promise.all(
      environmentNames(copy.root).map((name) => loadEnvironment(name, copy.root)),
    );
    expect(all.map(({ name }) => name)).toEqual(["dev", "prod", "qa", "stage"]);
    assertAcrossEnvironments(all);
    const qa = await loadEnvironment("qa", copy.root);
    expect(qa.core.allowed_account_ids).toEqual(["444444444444"]);
    expect(qa.backends.infra).toMatchObject({
      bucket: "example-qa-tfstate-444444444444",
      dynamodb_table: "example-qa-tflock",
    });
    expect(synthesize(qa).app.all("aws_lambda_function")).toHaveLength(functionNames.length);
  });

  test("differs from its source only in names and account", async () => {
    await add("qa");
    const [qa, stage] = [await loadEnvironment("qa", copy.root), await loadEnvironment("stage", copy.root)];
    expect(differences(stage, qa)).toEqual([]);
  });

  test("can copy any environment, with a given account", async () => {
    await add("load", { from: "prod", accountId: "444455556666" });
    const { core, infra } = await loadEnvironment("load", copy.root);
    expect(infra.domain).toBeUndefined();
    expect(core).toMatchObject({ protected: true, allowed_account_ids: ["444455556666"] });
  });

  test.each([
    ["Quality", {}, '"Quality" cannot name an environment.'],
    [longName, {}, `"${longName}" cannot name an environment.`],
    ["../qa", {}, '"../qa" cannot name an environment.'],
    ["q", {}, '"q" cannot name an environment.'],
    ["1qa", {}, '"1qa" cannot name an environment.'],
    ["dev", {}, "There is an environment dev."],
    ["qa", { from: "nowhere" }, "There is no environment nowhere to copy."],
    ["qa", { accountId: "333333333333" }, "The account 333333333333 is that of prod."],
  ] as const)("is refused as %s %j", async (name, options, message) => {
    await expect(add(name, options)).rejects.toThrow(message);
    expect(environmentNames(copy.root)).toEqual(["dev", "prod", "stage"]);
  });

  test("that conflicts with another environment is not written", async () => {
    // The bucket's name does not contain the environment's: both would use the same state.
    for (const layer of layers) copy.set(layer, "stage", { bucket: '"states"' }, "backend");
    await expect(add("qa")).rejects.toThrow("found states/core/terraform.tfstate in qa and stage");
    expect(layers.filter((layer) => existsSync(folderOf(layer, "qa")))).toEqual([]);
  });

  test("does not overwrite existing files", async () => {
    mkdirSync(folderOf("app", "qa"));
    writeFileSync(copy.path("app", "qa", "terraform"), "mine");
    await expect(add("qa")).rejects.toThrow("There is an environment qa.");
    expect(readdirSync(folderOf("app", "qa"))).toEqual(["terraform.tfvars"]);
    expect(existsSync(folderOf("core", "qa"))).toBe(false);
  });

  test("keeps comments, layout, and a project name that contains the source's name", async () => {
    copy.set("core", "stage", {
      project: '"a-stage-b" # ours\n',
      allowed_account_ids: '["222222222222"] # replace by the id of your stage account\n',
    });
    await add("qa");
    const text = (name: string) => readFileSync(copy.path("core", name, "terraform"), "utf8");
    expect(text("qa")).toBe(
      text("stage")
        .replaceAll("222222222222", "444444444444")
        .replace("your stage account", "your qa account"),
    );
    expect(text("qa")).toMatch(/project *= "a-stage-b" # ours/);
  });

  test("reports the lines that still name the source", async () => {
    const origins = "http_api.cors_allow_origins";
    copy.set("infra", "stage", { [origins]: '["https://stage.example.com"]' });
    const files = await add("qa");
    expect(linesNaming("stage", files, copy.root)).toEqual([
      expect.stringMatching(
        /^deploy\/20_infra\/environments\/qa\/terraform.tfvars:\d+: cors_allow_origins *= \["https:\/\/stage.example.com"\]$/,
      ),
    ]);
  });
});
