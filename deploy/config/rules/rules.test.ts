import { temporaryDeploy, type TemporaryDeploy } from "../../testing/temporary-deploy";
import { configurationError } from "../../testing/configuration-error";
import { environmentNames } from "../environments";
import { loadEnvironment } from "../load-environment";
import { assertAcrossEnvironments } from "./across-environments";

let deploy: TemporaryDeploy;
beforeEach(() => {
  deploy = temporaryDeploy();
});
afterEach(() => {
  deploy.dispose();
});

const folders = ["10_core", "20_infra", "30_app"];

describe("a protected environment", () => {
  test.each([
    [
      "20_infra",
      "deletion_protection    = true",
      "deletion_protection = false",
      "table.deletion_protection",
      "protected-deletion-protection",
    ],
    [
      "20_infra",
      "point_in_time_recovery = true",
      "point_in_time_recovery = false",
      "table.point_in_time_recovery",
      "protected-point-in-time-recovery",
    ],
    [
      "20_infra",
      "recovery_window_days = 30",
      "recovery_window_days = 0",
      "secrets.recovery_window_days",
      "protected-secret-recovery",
    ],
    ["30_app", 'authorization = "iam"', 'authorization = "none"', "authorization", "protected-authorization"],
    [
      "10_core",
      "customer_managed_key = true",
      "customer_managed_key = false",
      "encryption.customer_managed_key",
      "protected-customer-managed-key",
    ],
    [
      "20_infra",
      '["https://app.example.com"]',
      '["https://app.example.com", "http://localhost:3000"]',
      "http_api.cors_allow_origins",
      "protected-cors-origins",
    ],
  ])("in %s, %s cannot be %s", async (folder, setting, invalid, path, code) => {
    deploy.edit(folder, "prod", "terraform", setting, invalid);
    const error = await configurationError(loadEnvironment("prod", deploy.root));
    expect({ code: error.code, file: error.file }).toEqual({
      code: "invalid-settings",
      file: `deploy/${folder}/environments/prod/terraform.tfvars`,
    });
    expect(error.problems.map((problem) => [problem.code, problem.path])).toEqual([[code, path]]);
  });

  test("only insecure CORS origins are reported", async () => {
    const origins = '["https://app.example.com", "http://localhost:3000"]';
    deploy.edit("20_infra", "prod", "terraform", '["https://app.example.com"]', origins);
    const { problems } = await configurationError(loadEnvironment("prod", deploy.root));
    expect(problems.map(({ found }) => found)).toEqual(["http://localhost:3000"]);
  });

  test("all of this is allowed when it is not protected", async () => {
    deploy.edit("10_core", "prod", "terraform", "protected   = true", "protected = false");
    deploy.edit(
      "20_infra",
      "prod",
      "terraform",
      "deletion_protection    = true",
      "deletion_protection = false",
    );
    deploy.edit("30_app", "prod", "terraform", '"iam"', '"none"');
    await expect(loadEnvironment("prod", deploy.root)).resolves.toMatchObject({ name: "prod" });
  });
});

type Edit = [folder: string, file: "terraform" | "backend", from: string, to: string];
const jwt = 'jwt = { issuer = "https://login.example.com", audience = ["tasks"] }';

describe("settings of several files", () => {
  test.each<[string, Edit, string, string]>([
    [
      "JWT authorization without an issuer",
      ["30_app", "terraform", '"none"', '"jwt"'],
      "jwt-required",
      "jwt",
    ],
    [
      "an issuer without JWT authorization",
      ["30_app", "terraform", '"none"', `"none"\n${jwt}`],
      "jwt-unused",
      "jwt",
    ],
    [
      "another account's state bucket",
      ["10_core", "backend", "tfstate-111111111111", "tfstate-999999999999"],
      "state-bucket-of-other-account",
      "bucket",
    ],
    [
      "a state in another region",
      ["20_infra", "backend", '"eu-central-1"', '"eu-west-1"'],
      "state-in-other-region",
      "region",
    ],
    [
      "two layers with one state",
      ["20_infra", "backend", "20_infra/", "10_core/"],
      "state-shared-by-layers",
      "key",
    ],
    [
      "large batches without a batching window",
      ["30_app", "terraform", "batch_size          = 10", "batch_size = 100"],
      "batching-window-required",
      "worker.batch_size",
    ],
    [
      "more concurrent batches than the worker's reserved concurrency",
      ["30_app", "terraform", "batch_size          = 10", "batch_size = 10\n  reserved_concurrency = 1"],
      "concurrency-above-reservation",
      "worker.maximum_concurrency",
    ],
  ])("%s is rejected", async (_what, [folder, file, from, to], code, path) => {
    deploy.edit(folder, "dev", file, from, to);
    const error = await configurationError(loadEnvironment("dev", deploy.root));
    expect(error.file).toBe(`deploy/${folder}/environments/dev/${file}.tfvars`);
    expect(error.problems.map((problem) => [problem.code, problem.path])).toEqual([[code, path]]);
  });
});

describe("several environments", () => {
  const assertAll = async (root?: string) => {
    assertAcrossEnvironments(
      await Promise.all(environmentNames(root).map((name) => loadEnvironment(name, root))),
    );
  };
  const conflict = async () => {
    const { code, file, problems } = await configurationError(assertAll(deploy.root));
    expect({ code, file }).toEqual({ code: "conflicting-environments", file: "deploy/*/environments" });
    return problems.map((problem) => ({
      code: problem.code,
      path: problem.path,
      found: problem.found,
    }));
  };

  test("those of this repository do not conflict", async () => {
    await expect(assertAll()).resolves.toBeUndefined();
  });

  test("do not share an account", async () => {
    deploy.edit("10_core", "prod", "terraform", "333333333333", "222222222222");
    for (const folder of folders) deploy.edit(folder, "prod", "backend", "333333333333", "222222222222");
    expect(await conflict()).toEqual([
      {
        code: "account-shared-by-environments",
        path: "allowed_account_ids",
        found: "222222222222 in prod and stage",
      },
    ]);
  });

  test("do not share a state", async () => {
    // A bucket without an account's id may be in any account.
    for (const folder of folders) {
      deploy.edit(folder, "stage", "backend", "tasks-stage-tfstate-222222222222", "states");
      deploy.edit(folder, "prod", "backend", "tasks-prod-tfstate-333333333333", "states");
    }
    expect(await conflict()).toEqual(
      folders.map((folder) => ({
        code: "state-shared-by-environments",
        path: "bucket and key",
        found: `states/${folder}/terraform.tfstate in prod and stage`,
      })),
    );
  });

  test("logs of a protected one are kept at least as long as those of each unprotected one", async () => {
    deploy.edit("10_core", "stage", "terraform", "log_retention_days = 30", "log_retention_days = 400");
    expect(await conflict()).toEqual([
      { code: "protected-log-retention", path: "log_retention_days", found: "365" },
    ]);
  });

  test("logs of a protected one may be kept longer than those of another protected one", async () => {
    deploy.edit("10_core", "stage", "terraform", "log_retention_days = 30", "log_retention_days = 400");
    deploy.edit("10_core", "stage", "terraform", "protected   = false", "protected = true");
    deploy.edit(
      "20_infra",
      "stage",
      "terraform",
      "deletion_protection    = false",
      "deletion_protection = true",
    );
    await expect(assertAll(deploy.root)).resolves.toBeUndefined();
  });
});
