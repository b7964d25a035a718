import { layers, type Layer } from "../../shared/layers";
import { configurationError } from "../../testing/configuration-error";
import type { Settings } from "../../testing/example-settings";
import { TemporaryDeploy } from "../../testing/temporary-deploy";
import { displayPath, environmentNames, type TfvarsFile } from "../environments";
import { loadEnvironment } from "../load-environment";
import { assertAcrossEnvironments } from "./across-environments";

let deploy: TemporaryDeploy;
beforeEach(() => {
  deploy = new TemporaryDeploy();
});
afterEach(() => {
  deploy.dispose();
});

async function expectProblem(
  name: string,
  [layer, settings, file = "terraform"]: [Layer, Settings, TfvarsFile?],
  code: string,
  path: string,
) {
  deploy.set(layer, name, settings, file);
  const error = await configurationError(loadEnvironment(name, deploy.root));
  expect({ code: error.code, file: error.file }).toEqual({
    code: "invalid-settings",
    file: displayPath(deploy.path(layer, name, file), deploy.root),
  });
  expect(error.problems.map((problem) => [problem.code, problem.path])).toEqual([[code, path]]);
}

const insecureOrigins = {
  "http_api.cors_allow_origins": '["https://app.example.com", "http://localhost:3000"]',
};

describe("a protected environment", () => {
  test.each<[Layer, Settings, string]>([
    ["infra", { "table.deletion_protection": "false" }, "protected-deletion-protection"],
    ["infra", { "table.point_in_time_recovery": "false" }, "protected-point-in-time-recovery"],
    ["infra", { "secrets.recovery_window_days": "0" }, "protected-secret-recovery"],
    ["app", { authorization: '"none"' }, "protected-authorization"],
    ["core", { "encryption.customer_managed_key": "false" }, "protected-customer-managed-key"],
    ["core", { alarms_enabled: "false" }, "protected-alarms"],
    ["infra", insecureOrigins, "protected-cors-origins"],
  ])("in %s, there cannot be %j", async (layer, settings, code) => {
    await expectProblem("prod", [layer, settings], code, Object.keys(settings).join());
  });

  test("finished tasks cannot expire before dead letters", async () => {
    deploy.set("infra", "prod", { "task_queue.retention_days": "4" });
    const settings = { "table.task_retention_days": "13" };
    await expectProblem(
      "prod",
      ["infra", settings],
      "protected-task-retention",
      Object.keys(settings).join(),
    );
  });

  test("only insecure CORS origins are reported", async () => {
    deploy.set("infra", "prod", insecureOrigins);
    const { problems } = await configurationError(loadEnvironment("prod", deploy.root));
    expect(problems.map(({ found }) => found)).toEqual(["http://localhost:3000"]);
  });

  test("all of this is allowed when it is not protected", async () => {
    deploy.set("core", "prod", { protected: "false" });
    deploy.set("infra", "prod", { "table.deletion_protection": "false" });
    deploy.set("app", "prod", { authorization: '"none"' });
    await expect(loadEnvironment("prod", deploy.root)).resolves.toMatchObject({ name: "prod" });
  });
});

const jwt = '{ issuer = "https://login.example.com", audience = ["tasks"] }';

describe("settings of several files", () => {
  test.each<[string, [Layer, Settings, TfvarsFile?], string, string]>([
    [
      "JWT authorization without an issuer",
      ["app", { authorization: '"jwt"', jwt: undefined }],
      "jwt-required",
      "jwt",
    ],
    ["an issuer without JWT authorization", ["app", { authorization: '"none"', jwt }], "jwt-unused", "jwt"],
    [
      "another account's state bucket",
      ["core", { bucket: '"example-dev-tfstate-999999999999"' }, "backend"],
      "state-bucket-of-other-account",
      "bucket",
    ],
    [
      "a state in another region",
      ["infra", { region: '"eu-west-1"' }, "backend"],
      "state-in-other-region",
      "region",
    ],
    [
      "two layers with one state",
      ["infra", { key: '"core/terraform.tfstate"' }, "backend"],
      "state-shared-by-layers",
      "key",
    ],
    [
      "a retention of tasks that ends before that of the queue's messages",
      ["infra", { "table.task_retention_days": "4", "task_queue.retention_days": "4" }],
      "task-retention-below-queue",
      "table.task_retention_days",
    ],
    [
      "more concurrent batches than the worker's reserved concurrency",
      ["app", { "worker.maximum_concurrency": "2", "worker.reserved_concurrency": "1" }],
      "concurrency-above-reservation",
      "worker.maximum_concurrency",
    ],
    [
      "a share of the invocations for less than three minutes",
      ["app", { "release.canary_percent": "10", "release.canary_seconds": "179" }],
      "canary-too-short",
      "release.canary_seconds",
    ],
    [
      "a duration without a share of the invocations",
      ["app", { "release.canary_percent": "0", "release.canary_seconds": "300" }],
      "canary-too-short",
      "release.canary_seconds",
    ],
    [
      "alarms that notify no one",
      ["core", { alarms_enabled: "true", alarm_emails: "[]", alarm_https_endpoints: "[]" }],
      "alarms-without-subscriber",
      "alarm_emails",
    ],
  ])("%s is rejected", async (_what, settings, code, path) => {
    await expectProblem("dev", settings, code, path);
  });

  test.each(["WARN", "ERROR"])(
    "alarms with the log level %s are rejected: metrics are INFO",
    async (level) => {
      deploy.set("core", "dev", { alarms_enabled: "true", alarm_emails: '["on-call@example.com"]' });
      await expectProblem(
        "dev",
        ["app", { log_level: `"${level}"` }],
        "metrics-below-log-level",
        "log_level",
      );
    },
  );

  test("large batches without a batching window are rejected", async () => {
    deploy.set("infra", "dev", { "task_queue.batching_window_seconds": "0" });
    const settings = { "worker.batch_size": "100" };
    await expectProblem("dev", ["app", settings], "batching-window-required", "worker.batch_size");
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
    deploy.set("core", "prod", { allowed_account_ids: '["222222222222"]' });
    for (const layer of layers)
      deploy.set(layer, "prod", { bucket: '"example-prod-tfstate-222222222222"' }, "backend");
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
    for (const layer of layers) {
      for (const name of ["stage", "prod"]) deploy.set(layer, name, { bucket: '"states"' }, "backend");
    }
    expect(await conflict()).toEqual(
      layers.map((layer) => ({
        code: "state-shared-by-environments",
        path: "bucket and key",
        found: `states/${layer}/terraform.tfstate in prod and stage`,
      })),
    );
  });

  describe("of which one is protected and one keeps its logs longer", () => {
    beforeEach(() => {
      deploy.set("core", "prod", { log_retention_days: "365" });
      deploy.set("core", "stage", { log_retention_days: "400" });
      deploy.set("core", "dev", { log_retention_days: "7" });
    });

    test("conflict when the other is unprotected", async () => {
      expect(await conflict()).toEqual([
        { code: "protected-log-retention", path: "log_retention_days", found: "365" },
      ]);
    });

    test("do not conflict when the other is protected, too", async () => {
      deploy.protect("stage");
      deploy.set("core", "stage", { log_retention_days: "400" });
      await expect(assertAll(deploy.root)).resolves.toBeUndefined();
    });
  });
});
