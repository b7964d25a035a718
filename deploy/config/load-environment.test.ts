import { configurationError } from "../testing/configuration-error";
import { temporaryDeploy, type TemporaryDeploy } from "../testing/temporary-deploy";
import { environmentNames } from "./environments";
import { loadEnvironment } from "./load-environment";

let deploy: TemporaryDeploy;
beforeEach(() => {
  deploy = temporaryDeploy();
});
afterEach(() => {
  deploy.dispose();
});

interface Case {
  what: string;
  /** Layer folder, file, string to replace, replacement. */
  edit: [string, "terraform" | "backend", string, string];
  /** Code, path and, unless the value does not matter, what was found. */
  problems: [string, string, string?][];
  /** `invalid-settings` unless given. */
  error?: string;
}

const jwt = (issuer: string) => `jwt = { issuer = "${issuer}", audience = ["tasks"] }`;

const cases: Case[] = [
  {
    what: "an unknown setting",
    edit: ["10_core", "terraform", "project ", "projcet "],
    problems: [
      ["missing-setting", "project", "nothing"],
      ["unknown-setting", "projcet", "an unknown key"],
    ],
  },
  {
    what: "an unknown setting inside a map",
    edit: ["20_infra", "terraform", "max_receive_count", "max_recieve_count"],
    problems: [
      ["missing-setting", "task_queue.max_receive_count", "nothing"],
      ["unknown-setting", "task_queue.max_recieve_count", "an unknown key"],
    ],
  },
  {
    what: "a number of shards, which is a constant of the table's schema",
    edit: ["20_infra", "terraform", "table = {", "table = {\n  shards = 2"],
    problems: [["unknown-setting", "table.shards"]],
  },
  {
    what: "a string for a number",
    edit: ["20_infra", "terraform", "retention_days          = 4", 'retention_days = "four"'],
    problems: [["wrong-type", "task_queue.retention_days", '"four"']],
  },
  {
    what: "a number for a string",
    edit: ["10_core", "terraform", '"platform"', "7"],
    problems: [["wrong-type", "owner", "the number 7"]],
  },
  {
    what: "a string for a boolean",
    edit: ["20_infra", "terraform", "enabled                = true", 'enabled = "yes"'],
    problems: [["wrong-type", "table.enabled", '"yes"']],
  },
  {
    what: "a fraction for a whole number",
    edit: ["30_app", "terraform", "batch_size          = 10", "batch_size = 1.5"],
    problems: [["wrong-type", "worker.batch_size", "the number 1.5"]],
  },
  {
    what: "a list for a map",
    edit: ["20_infra", "terraform", "outbox = {\n  sweep_interval_minutes = 1\n}", "outbox = []"],
    problems: [["wrong-type", "outbox", "a list"]],
  },
  {
    what: "a number that is too large",
    edit: ["30_app", "terraform", "timeout_seconds = 10", "timeout_seconds = 30"],
    problems: [["too-large", "api.timeout_seconds", "the number 30"]],
  },
  {
    what: "a number that is too small",
    edit: ["20_infra", "terraform", "max_receive_count       = 5", "max_receive_count = 1"],
    problems: [["too-small", "task_queue.max_receive_count", "the number 1"]],
  },
  {
    what: "a retention that CloudWatch Logs does not support",
    edit: ["10_core", "terraform", "log_retention_days = 7", "log_retention_days = 8"],
    problems: [["value-not-allowed", "log_retention_days", "the number 8"]],
  },
  {
    what: "a value that is not in the list of choices",
    edit: ["30_app", "terraform", '"none"', '"open"'],
    problems: [["value-not-allowed", "authorization", '"open"']],
  },
  {
    what: "an issuer without TLS, whose keys could be replaced on the network",
    edit: ["30_app", "terraform", '"none"', `"jwt"\n${jwt("http://login.example.com")}`],
    problems: [["invalid-value", "jwt.issuer", '"http://login.example.com"']],
  },
  {
    what: "an account id that is a number",
    edit: ["10_core", "terraform", '["111111111111"]', "[111111111111]"],
    problems: [["wrong-type", "allowed_account_ids.0", "the number 111111111111"]],
  },
  {
    what: "an account id that is too short",
    edit: ["10_core", "terraform", '["111111111111"]', '["11111111111"]'],
    problems: [["invalid-value", "allowed_account_ids.0", '"11111111111"']],
  },
  {
    what: "no account id",
    edit: ["10_core", "terraform", '["111111111111"]', "[]"],
    problems: [["too-small", "allowed_account_ids", "a list"]],
  },
  {
    what: "an expression",
    edit: ["10_core", "terraform", '"platform"', "var.owner"],
    problems: [["expression", "owner", "the expression ${var.owner}"]],
  },
  {
    what: "a value that is missing",
    edit: ["10_core", "terraform", 'owner       = "platform"', "owner = "],
    error: "invalid-hcl",
    problems: [["invalid-hcl", ""]],
  },
  {
    what: "a setting given twice",
    edit: ["10_core", "terraform", 'cost_center = "shared"', 'owner = "twice"'],
    error: "invalid-hcl",
    problems: [["invalid-hcl", ""]],
  },
  {
    what: "a schedule expression that EventBridge would reject",
    edit: ["20_infra", "terraform", "cron(0 6 * * ? *)", "every day at six"],
    problems: [["invalid-value", "schedules.daily-report.expression", '"every day at six"']],
  },
  {
    what: "a field of a schedule expression out of its range",
    edit: ["20_infra", "terraform", "cron(0 6 * * ? *)", "cron(0 24 * * ? *)"],
    problems: [["invalid-value", "schedules.daily-report.expression", '"cron(0 24 * * ? *)"']],
  },
  {
    what: "a schedule of an unknown task type",
    edit: ["20_infra", "terraform", "report.summary", "report.daily"],
    problems: [["invalid-value", "schedules.daily-report.type", '"report.daily"']],
  },
  {
    what: "a schedule whose payload does not match its task type",
    edit: ["20_infra", "terraform", "hours = 24", "hours = 0"],
    problems: [["invalid-value", "schedules.daily-report.payload.hours"]],
  },
  {
    what: "a schedule with the name of the outbox sweep",
    edit: ["20_infra", "terraform", '"daily-report"', '"outbox-sweep"'],
    problems: [["invalid-name", "schedules.outbox-sweep"]],
  },
  {
    what: "a state bucket with a name that S3 would reject",
    edit: ["10_core", "backend", "tasks-dev-tfstate", "Tasks_dev"],
    problems: [["invalid-value", "bucket", '"Tasks_dev-111111111111"']],
  },
  {
    what: "a state that is not encrypted",
    edit: ["10_core", "backend", "encrypt        = true", "encrypt = false"],
    problems: [["value-not-allowed", "encrypt", "the boolean false"]],
  },
];

describe("a mistake in tfvars is reported with file, path, code and value", () => {
  test.each(cases)(
    "$what",
    async ({ edit: [layer, file, from, to], error = "invalid-settings", problems }) => {
      deploy.edit(layer, "dev", file, from, to);
      const found = await configurationError(loadEnvironment("dev", deploy.root));
      expect({ code: found.code, file: found.file }).toEqual({
        code: error,
        file: `deploy/${layer}/environments/dev/${file}.tfvars`,
      });
      expect(
        found.problems.map((problem, index) => {
          const hasValue = problems[index]?.[2] !== undefined;
          return [problem.code, problem.path, ...(hasValue ? [problem.found] : [])];
        }),
      ).toEqual(problems);
    },
  );

  test("a missing file", async () => {
    deploy.remove("20_infra", "dev", "backend");
    expect(await configurationError(loadEnvironment("dev", deploy.root))).toMatchObject({
      code: "missing-file",
      file: "deploy/20_infra/environments/dev/backend.tfvars",
    });
  });

  test("every wrong setting of a file at once", async () => {
    deploy.write("20_infra", "dev", "terraform", "");
    const { problems } = await configurationError(loadEnvironment("dev", deploy.root));
    expect(problems.map(({ code, path }) => `${code} ${path}`)).toEqual(
      ["http_api", "task_queue", "table", "outbox", "secrets", "schedules"].map(
        (path) => `missing-setting ${path}`,
      ),
    );
  });
});

test("the message has a line for each problem, with path, expected and found", async () => {
  deploy.edit("20_infra", "dev", "terraform", "max_receive_count", "max_recieve_count");
  const { message } = await configurationError(loadEnvironment("dev", deploy.root));
  expect(message).toBe(
    [
      "deploy/20_infra/environments/dev/terraform.tfvars",
      "  task_queue.max_receive_count: expected a number, found nothing",
      "  task_queue.max_recieve_count: expected one of the keys worker_timeout_seconds, batching_window_seconds, max_receive_count, retention_days, found an unknown key",
    ].join("\n"),
  );
});

test("the environments of this repository load, and their configuration is immutable", async () => {
  expect(environmentNames(deploy.root)).toEqual(["dev", "prod", "stage"]);
  for (const name of environmentNames()) {
    const config = await loadEnvironment(name);
    expect(Object.isFrozen(config.infra.task_queue)).toBe(true);
  }
});
