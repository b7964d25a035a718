import { temporaryDeploy, type TemporaryDeploy } from "../testing/temporary-deploy";
import { environmentNames } from "./environments";
import { ConfigurationError } from "../shared/errors";
import { loadEnvironment } from "./load-environment";

let deploy: TemporaryDeploy;
beforeEach(() => {
  deploy = temporaryDeploy();
});
afterEach(() => {
  deploy.dispose();
});

const core = "deploy/10_core/environments/dev/terraform.tfvars";
const infra = "deploy/20_infra/environments/dev/terraform.tfvars";
const app = "deploy/30_app/environments/dev/terraform.tfvars";
const coreBackend = "deploy/10_core/environments/dev/backend.tfvars";

interface Case {
  what: string;
  /** Layer folder, file, text to replace, replacement. */
  edit: [string, "terraform" | "backend", string, string];
  message: string;
}

const cases: Case[] = [
  {
    what: "an unknown key",
    edit: ["10_core", "terraform", "project ", "projcet "],
    message: `${core}\n  project: expected a string, found nothing\n  projcet: expected one of the keys project, owner, cost_center, protected, region, allowed_account_ids, log_retention_days, encryption, github, found an unknown key`,
  },
  {
    what: "an unknown key inside a map",
    edit: ["20_infra", "terraform", "max_receive_count", "max_recieve_count"],
    message: `${infra}\n  task_queue.max_receive_count: expected a number, found nothing\n  task_queue.max_recieve_count: expected one of the keys worker_timeout_seconds, batching_window_seconds, max_receive_count, retention_days, found an unknown key`,
  },
  {
    what: "a number of shards, which is a constant of the table's schema",
    edit: ["20_infra", "terraform", "table = {", "table = {\n  shards = 2"],
    message: `${infra}\n  table.shards: expected one of the keys enabled, point_in_time_recovery, deletion_protection, found an unknown key`,
  },
  {
    what: "a text for a number",
    edit: ["20_infra", "terraform", "retention_days          = 4", 'retention_days = "four"'],
    message: `${infra}\n  task_queue.retention_days: expected a number, found "four"`,
  },
  {
    what: "a number for a text",
    edit: ["10_core", "terraform", '"platform"', "7"],
    message: `${core}\n  owner: expected a string, found the number 7`,
  },
  {
    what: "a text for a truth value",
    edit: ["20_infra", "terraform", "enabled                = true", 'enabled = "yes"'],
    message: `${infra}\n  table.enabled: expected a boolean, found "yes"`,
  },
  {
    what: "a fraction for a whole number",
    edit: ["30_app", "terraform", "batch_size          = 10", "batch_size = 1.5"],
    message: `${app}\n  worker.batch_size: expected a whole number, found the number 1.5`,
  },
  {
    what: "a list for a map",
    edit: ["20_infra", "terraform", "outbox = {\n  sweep_interval_minutes = 1\n}", "outbox = []"],
    message: `${infra}\n  outbox: expected a map, found a list`,
  },
  {
    what: "a number too large",
    edit: ["30_app", "terraform", "timeout_seconds = 10", "timeout_seconds = 30"],
    message: `${app}\n  api.timeout_seconds: expected a number of at most 29, found the number 30`,
  },
  {
    what: "a number too small",
    edit: ["20_infra", "terraform", "max_receive_count       = 5", "max_receive_count = 1"],
    message: `${infra}\n  task_queue.max_receive_count: expected a number of at least 5, found the number 1`,
  },
  {
    what: "a retention that CloudWatch does not know",
    edit: ["10_core", "terraform", "log_retention_days = 7", "log_retention_days = 8"],
    message: `${core}\n  log_retention_days: expected one of 1, 3, 5, 7, 14, 30,`,
  },
  {
    what: "a word that is not one of the choices",
    edit: ["30_app", "terraform", '"none"', '"open"'],
    message: `${app}\n  authorization: expected one of "none", "iam", "jwt", found "open"`,
  },
  {
    what: "tokens to be asked for, and nobody's to be taken",
    edit: ["30_app", "terraform", '"none"', '"jwt"'],
    message: `${app}\n  jwt: expected an issuer and its audience, since authorization = "jwt", found none`,
  },
  {
    what: "an issuer whose tokens nobody is asked for",
    edit: [
      "30_app",
      "terraform",
      '"none"',
      '"none"\njwt = { issuer = "https://login.example.com", audience = ["tasks"] }',
    ],
    message: `${app}\n  jwt: expected nothing, or authorization = "jwt", found the issuer https://login.example.com`,
  },
  {
    what: "an issuer whose keys anyone could change on the way",
    edit: [
      "30_app",
      "terraform",
      '"none"',
      '"jwt"\njwt = { issuer = "http://login.example.com", audience = ["tasks"] }',
    ],
    message: `${app}\n  jwt.issuer: expected an https URL such as "https://login.example.com", in ASCII, without query, fragment, user and /.well-known/ (http on loopback only), found "http://login.example.com"`,
  },
  {
    what: "an account id that is a number",
    edit: ["10_core", "terraform", '["111111111111"]', "[111111111111]"],
    message: `${core}\n  allowed_account_ids.0: expected a string, found the number 111111111111`,
  },
  {
    what: "an account id that is too short",
    edit: ["10_core", "terraform", '["111111111111"]', '["11111111111"]'],
    message: `${core}\n  allowed_account_ids.0: expected an account id of 12 digits in quotes, such as "111111111111", found "11111111111"`,
  },
  {
    what: "no account id",
    edit: ["10_core", "terraform", '["111111111111"]', "[]"],
    message: `${core}\n  allowed_account_ids: expected a list with a length of at least 1, found a list`,
  },
  {
    what: "another account's state bucket",
    edit: ["10_core", "backend", "tfstate-111111111111", "tfstate-999999999999"],
    message: `${coreBackend}\n  bucket: expected the state bucket of an account in allowed_account_ids (111111111111), found tasks-dev-tfstate-999999999999`,
  },
  {
    what: "an expression",
    edit: ["10_core", "terraform", '"platform"', "var.owner"],
    message: `${core}\n  owner: expected a literal value, found the expression \${var.owner}`,
  },
  {
    what: "no HCL",
    edit: ["10_core", "terraform", 'owner       = "platform"', "owner = "],
    message: `${core}\n  expected "key = value" lines in HCL, found ${core}:2,`,
  },
  {
    what: "a key given twice",
    edit: ["10_core", "terraform", 'cost_center = "shared"', 'owner = "twice"'],
    message: `${core}\n  expected "key = value" lines in HCL, found ${core}:3,1-6: Attribute redefined`,
  },
  {
    what: "a schedule expression that EventBridge would refuse",
    edit: ["20_infra", "terraform", "cron(0 6 * * ? *)", "every day at six"],
    message: `${infra}\n  schedules.daily-report.expression: expected an expression of EventBridge with "rate(5 minutes)" or "cron(0 6 * * ? *)" at character 1, found "every day at six"`,
  },
  {
    what: "a field of a schedule expression out of its range",
    edit: ["20_infra", "terraform", "cron(0 6 * * ? *)", "cron(0 24 * * ? *)"],
    message: `${infra}\n  schedules.daily-report.expression: expected an expression of EventBridge with hours from 0 to 23 at character 8, found "cron(0 24 * * ? *)"`,
  },
  {
    what: "a schedule of a task type that nobody handles",
    edit: ["20_infra", "terraform", "report.summary", "report.daily"],
    message: `${infra}\n  schedules.daily-report.type: expected one of the task types echo, report.summary, dependency.call, document.sign, found "report.daily"`,
  },
  {
    what: "a schedule whose payload its task type would refuse",
    edit: ["20_infra", "terraform", "hours = 24", "hours = 0"],
    message: `${infra}\n  schedules.daily-report.payload.hours: expected a payload of report.summary (Too small: expected number to be >=1), found a map`,
  },
  {
    what: "a schedule with the name of the outbox sweep",
    edit: ["20_infra", "terraform", '"daily-report"', '"outbox-sweep"'],
    message: `${infra}\n  schedules.outbox-sweep: expected a schedule name other than outbox-sweep`,
  },
  {
    what: "a state bucket with a name that S3 would refuse",
    edit: ["10_core", "backend", "tasks-dev-tfstate", "Tasks_dev"],
    message: `${coreBackend}\n  bucket: expected an S3 bucket name (3-58 of a-z, 0-9 and -), found "Tasks_dev-111111111111"`,
  },
  {
    what: "state that is not encrypted",
    edit: ["10_core", "backend", "encrypt        = true", "encrypt = false"],
    message: `${coreBackend}\n  encrypt: expected one of true, found the boolean false`,
  },
  {
    what: "two layers with one state",
    edit: ["20_infra", "backend", "20_infra/", "10_core/"],
    message:
      "deploy/20_infra/environments/dev/backend.tfvars\n  key: expected a state of its own for each layer",
  },
  {
    what: "large batches without a window to fill them in",
    edit: ["30_app", "terraform", "batch_size          = 10", "batch_size = 100"],
    message: `${app}\n  worker.batch_size: expected at most 10, or a task_queue.batching_window_seconds of at least 1 in deploy/20_infra, found 100`,
  },
];

describe("a mistake in tfvars is named by file, key, expected and found", () => {
  test.each(cases)("$what", async ({ edit: [layer, file, from, to], message }) => {
    deploy.edit(layer, "dev", file, from, to);
    const loading = loadEnvironment("dev", deploy.root);
    await expect(loading).rejects.toThrow(ConfigurationError);
    await expect(loading).rejects.toThrow(message);
  });

  test("a missing file", async () => {
    deploy.remove("20_infra", "dev", "backend");
    await expect(loadEnvironment("dev", deploy.root)).rejects.toThrow(
      "deploy/20_infra/environments/dev/backend.tfvars\n  expected a tfvars file, found none\n" +
        "  Every environment (dev, prod, stage) needs terraform.tfvars and backend.tfvars in each layer.",
    );
  });

  test("every wrong key of a file at once", async () => {
    deploy.write("20_infra", "dev", "terraform", "");
    await expect(loadEnvironment("dev", deploy.root)).rejects.toThrow(
      /http_api: expected a map, found nothing\n {2}task_queue: .*\n {2}table: .*\n {2}outbox: .*\n {2}secrets: .*\n {2}schedules: /,
    );
  });
});

test("the shipped environments load, and nobody can change what was loaded", async () => {
  expect(environmentNames(deploy.root)).toEqual(["dev", "prod", "stage"]);
  for (const name of environmentNames()) {
    const config = await loadEnvironment(name);
    expect(Object.isFrozen(config.infra.task_queue)).toBe(true);
  }
});
