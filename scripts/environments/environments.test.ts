import { environmentNames } from "../../deploy/shared/environments";
import { assertAcrossEnvironments } from "../../deploy/shared/invariants";
import { loadEnvironment } from "../../deploy/shared/load-config";
import { synthesize } from "../../deploy/testing/synthesize";
import { temporaryDeploy, type TemporaryDeploy } from "../../deploy/testing/temporary-deploy";
import { differences } from "./differences";
import { addEnvironment } from "./new-environment";

let copy: TemporaryDeploy;
beforeEach(() => {
  delete process.env.AWS_ENDPOINT_URL;
  copy = temporaryDeploy();
});
afterEach(() => {
  copy.dispose();
});

const add = (name: string, options: { from?: string; accountId?: string } = {}) =>
  addEnvironment({ name, from: options.from ?? "stage", accountId: options.accountId, root: copy.root });

describe("a new environment", () => {
  test("stands beside the others, in its own account with its own state, and synthesizes", async () => {
    expect(await add("qa")).toHaveLength(6);
    const all = await Promise.all(
      environmentNames(copy.root).map((name) => loadEnvironment(name, copy.root)),
    );
    expect(all.map(({ name }) => name)).toEqual(["dev", "prod", "qa", "stage"]);
    assertAcrossEnvironments(all);
    const qa = await loadEnvironment("qa", copy.root);
    expect(qa.core.allowed_account_ids).toEqual(["444444444444"]);
    expect(qa.backends.infra).toMatchObject({
      bucket: "tasks-qa-tfstate-444444444444",
      dynamodb_table: "tasks-qa-tflock",
    });
    expect(synthesize(qa).app.all("aws_lambda_function")).toHaveLength(3);
  });

  test("differs from the one that it was made from in nothing but names", async () => {
    await add("qa");
    const [qa, stage] = [await loadEnvironment("qa", copy.root), await loadEnvironment("stage", copy.root)];
    expect(differences(stage, qa)).toEqual([]);
  });

  test("may begin with the values of any other, in an account that is given", async () => {
    await add("load", { from: "prod", accountId: "444455556666" });
    const { core } = await loadEnvironment("load", copy.root);
    expect(core).toMatchObject({ protected: true, allowed_account_ids: ["444455556666"] });
  });

  test.each([
    ["Quality", {}, '"Quality" cannot name an environment.'],
    ["integration", {}, '"integration" cannot name an environment.'],
    ["../qa", {}, '"../qa" cannot name an environment.'],
    ["dev", {}, "There is an environment dev."],
    ["qa", { accountId: "333333333333" }, "The account 333333333333 is that of prod."],
  ] as const)("is refused as %s %j", async (name, options, message) => {
    await expect(add(name, options)).rejects.toThrow(message);
    expect(environmentNames(copy.root)).toEqual(["dev", "prod", "stage"]);
  });

  test("that cannot stand beside the others leaves nothing behind", async () => {
    // Made from prod, it would be protected, and keep its logs for less time than the other.
    copy.edit("10_core", "stage", "terraform", "log_retention_days = 30", "log_retention_days = 400");
    copy.edit("10_core", "prod", "terraform", "log_retention_days = 365", "log_retention_days = 400");
    copy.edit("10_core", "stage", "terraform", "log_retention_days = 400", "log_retention_days = 545");
    await expect(add("qa", { from: "prod" })).rejects.toThrow("log_retention_days: expected at least 545");
    expect(environmentNames(copy.root)).toEqual(["dev", "prod", "stage"]);
  });
});

describe("what differs between environments", () => {
  const between = async (one: string, other: string) =>
    new Map(
      differences(await loadEnvironment(one), await loadEnvironment(other)).map((found) => [
        [found.resource, found.attribute].join(" ").trim(),
        found.values,
      ]),
    );

  test("is what prod is meant to have and dev is not", async () => {
    const found = await between("dev", "prod");
    const table = "infra aws_dynamodb_table.task-table";
    expect(found.get(`${table} deletion_protection_enabled`)).toEqual(["false", "true"]);
    expect(found.get(`${table} point_in_time_recovery.enabled`)).toEqual(["false", "true"]);
    expect(found.get("app aws_apigatewayv2_route.route-createTask authorization_type")).toEqual([
      "NONE",
      "AWS_IAM",
    ]);
    expect(found.get("core aws_kms_key.key")).toEqual([undefined, "there"]);
    expect(found.get("core outputs log_retention_days")).toEqual(["7", "365"]);
  });

  test("is no name, no account and no note of cdktf's", async () => {
    for (const [where, values] of await between("dev", "prod")) {
      expect(`${where} ${values.join(" ")}`).not.toMatch(
        /tasks-(dev|prod)|111111111111|333333333333|metadata/,
      );
    }
  });
});

test("a protected environment keeps its logs as long as any other, and has a key of its own", async () => {
  const prod = await loadEnvironment("prod");
  const stage = await loadEnvironment("stage");
  const longer = { ...stage, core: { ...stage.core, log_retention_days: 400 } };
  expect(() => {
    assertAcrossEnvironments([prod, longer]);
  }).toThrow("log_retention_days: expected at least 400 in prod, which is protected");
  copy.edit("10_core", "prod", "terraform", "customer_managed_key = true", "customer_managed_key = false");
  await expect(loadEnvironment("prod", copy.root)).rejects.toThrow(
    "encryption.customer_managed_key: expected true, since protected = true, found false",
  );
});
