import { temporaryDeploy, type TemporaryDeploy } from "../../testing/temporary-deploy";
import { environmentNames } from "../environments";
import { ConfigurationError } from "../../shared/errors";
import { assertAcrossEnvironments } from "./rules";
import { loadEnvironment } from "../load-environment";

let deploy: TemporaryDeploy;
beforeEach(() => {
  deploy = temporaryDeploy();
});
afterEach(() => {
  deploy.dispose();
});

const folder = (layer: string) => `deploy/${layer}/environments/prod/terraform.tfvars`;
const because = "since deploy/10_core says protected = true";

describe("a protected environment is refused", () => {
  test.each([
    [
      "20_infra",
      "deletion_protection    = true",
      "deletion_protection = false",
      `${folder("20_infra")}\n  table.deletion_protection: expected true, ${because}, found false`,
    ],
    [
      "20_infra",
      "point_in_time_recovery = true",
      "point_in_time_recovery = false",
      `${folder("20_infra")}\n  table.point_in_time_recovery: expected true, ${because}, found false`,
    ],
    [
      "20_infra",
      "recovery_window_days = 30",
      "recovery_window_days = 0",
      `${folder("20_infra")}\n  secrets.recovery_window_days: expected at least 7, ${because}, found 0`,
    ],
    [
      "30_app",
      'authorization = "iam"',
      'authorization = "none"',
      `${folder("30_app")}\n  authorization: expected iam or jwt, ${because}, found none`,
    ],
    [
      "10_core",
      "customer_managed_key = true",
      "customer_managed_key = false",
      `${folder("10_core")}\n  encryption.customer_managed_key: expected true, since protected = true, found false`,
    ],
    [
      "20_infra",
      '["https://app.example.com"]',
      '["https://app.example.com", "http://localhost:3000"]',
      `${folder("20_infra")}\n  http_api.cors_allow_origins: expected https origins by name only, ${because}, found http://localhost:3000`,
    ],
  ])("%s: %s → %s", async (layer, setting, broken, message) => {
    deploy.edit(layer, "prod", "terraform", setting, broken);
    const loading = loadEnvironment("prod", deploy.root);
    await expect(loading).rejects.toThrow(ConfigurationError);
    await expect(loading).rejects.toThrow(message);
  });

  test("with none of that, once it is not protected", async () => {
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

describe("environments beside each other", () => {
  const assertAll = async (root?: string) => {
    assertAcrossEnvironments(
      await Promise.all(environmentNames(root).map((name) => loadEnvironment(name, root))),
    );
  };
  const layers = ["10_core", "20_infra", "30_app"];

  test("are those that are here", async () => {
    await expect(assertAll()).resolves.toBeUndefined();
  });

  test("do not share an account", async () => {
    deploy.edit("10_core", "prod", "terraform", "333333333333", "222222222222");
    for (const layer of layers) deploy.edit(layer, "prod", "backend", "333333333333", "222222222222");
    await expect(assertAll(deploy.root)).rejects.toThrow(
      "deploy/*/environments\n  allowed_account_ids: expected a value of its own for each environment, found 222222222222 in prod and stage",
    );
  });

  test("do not share a state", async () => {
    // A bucket without an account's id may be in any account.
    for (const layer of layers) {
      deploy.edit(layer, "stage", "backend", "tasks-stage-tfstate-222222222222", "states");
      deploy.edit(layer, "prod", "backend", "tasks-prod-tfstate-333333333333", "states");
    }
    await expect(assertAll(deploy.root)).rejects.toThrow(
      "bucket and key: expected a value of its own for each environment, found states/10_core/terraform.tfstate in prod and stage",
    );
  });

  test("keep the logs of a protected one as long as those of each that is not", async () => {
    deploy.edit("10_core", "stage", "terraform", "log_retention_days = 30", "log_retention_days = 400");
    await expect(assertAll(deploy.root)).rejects.toThrow(
      "log_retention_days: expected at least 400 in prod, which is protected, since one that is not has that, found 365",
    );
  });

  test("may keep the logs of one protected one longer than those of another", async () => {
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
