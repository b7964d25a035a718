import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { tfvarsPath, type TfvarsFile } from "../config/environments";
import { layers, type Layer } from "../shared/layers";
import { withSetting } from "./with-setting";

const accounts = { dev: "111111111111", stage: "222222222222", prod: "333333333333" };

/** HCL expressions by name, see `withSetting`; undefined removes a setting. */
export type Settings = Readonly<Record<string, string | undefined>>;

/** The only entry of `schedules`. */
export const oneSchedule = ({
  name = "daily-report",
  expression = "cron(0 6 * * ? *)",
  type = "report.summary",
  payload = "{ hours = 24 }",
} = {}): Settings => ({
  schedules: `{ "${name}" = { expression = "${expression}", type = "${type}", payload = ${payload} } }`,
});

/** The account, the region and the states of an environment. */
const identity = (account: string): Settings => ({
  project: '"tasks"',
  protected: "false",
  region: '"eu-central-1"',
  allowed_account_ids: `["${account}"]`,
});
const state = (layer: Layer, environment: string, account: string): Settings => ({
  bucket: `"tasks-${environment}-tfstate-${account}"`,
  key: `"${layer}/terraform.tfstate"`,
  region: '"eu-central-1"',
  dynamodb_table: `"tasks-${environment}-tflock"`,
});

/**
 * Environments dev, stage and prod for a test to change: copies of this repository's dev, each with an account and states
 * of its own. Their other values are a team's: a test sets those that it depends on.
 */
export class TemporaryDeploy {
  readonly root = mkdtempSync(join(tmpdir(), "deploy-"));

  constructor() {
    for (const [name, account] of Object.entries(accounts)) {
      for (const layer of layers) {
        const folder = dirname(tfvarsPath(layer, "dev", "terraform"));
        cpSync(folder, dirname(this.path(layer, name, "terraform")), { recursive: true });
        this.set(layer, name, state(layer, name, account), "backend");
      }
      this.set("core", name, identity(account));
    }
  }

  path(layer: Layer, environment: string, file: TfvarsFile): string {
    return tfvarsPath(layer, environment, file, this.root);
  }

  /** Sets values of a file by name, whatever they were. */
  set(layer: Layer, environment: string, settings: Settings, file: TfvarsFile = "terraform"): void {
    const path = this.path(layer, environment, file);
    const content = Object.entries(settings).reduce(
      (tfvars, [name, value]) => withSetting(tfvars, name, value),
      readFileSync(path, "utf8"),
    );
    writeFileSync(path, content);
  }

  /** Sets what a protected environment requires. */
  protect(environment: string): void {
    this.set("core", environment, {
      protected: "true",
      log_retention_days: "365",
      "encryption.customer_managed_key": "true",
    });
    this.set("infra", environment, {
      "table.enabled": "true",
      "table.deletion_protection": "true",
      "table.point_in_time_recovery": "true",
      "secrets.recovery_window_days": "30",
      "http_api.cors_allow_origins": '["https://app.example.com"]',
    });
    this.set("app", environment, { authorization: '"iam"', jwt: undefined });
  }

  /** Copies the files of an environment to another name. */
  copyEnvironment(from: string, to: string): void {
    for (const layer of layers) {
      const folder = (name: string) => dirname(this.path(layer, name, "terraform"));
      cpSync(folder(from), folder(to), { recursive: true });
    }
  }

  dispose(): void {
    rmSync(this.root, { recursive: true });
  }
}
