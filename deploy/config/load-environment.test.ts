import { rmSync, writeFileSync } from "node:fs";
import type { Layer } from "../shared/layers";
import { configurationError } from "../testing/configuration-error";
import type { Settings } from "../testing/example-settings";
import { oneSchedule, TemporaryDeploy } from "../testing/temporary-deploy";
import { displayPath, environmentNames, type TfvarsFile } from "./environments";
import { loadEnvironment } from "./load-environment";

let deploy: TemporaryDeploy;
beforeEach(() => {
  deploy = new TemporaryDeploy();
});
afterEach(() => {
  deploy.dispose();
});

interface Case {
  what: string;
  /** The file is `terraform` unless given. */
  set: [layer: Layer, settings: Settings, file?: TfvarsFile];
  /** Code, path and, unless the value does not matter, what was found. */
  problems: [string, string, string?][];
  /** `invalid-settings` unless given. */
  error?: string;
}

const misspelt = { "task_queue.max_receive_count": undefined, "task_queue.max_recieve_count": "5" };

const cases: Case[] = [
  {
    what: "an unknown setting",
    set: ["core", { project: undefined, projcet: '"tasks"' }],
    problems: [
      ["missing-setting", "project", "nothing"],
      ["unknown-setting", "projcet", "an unknown key"],
    ],
  },
  {
    what: "an unknown setting inside a map",
    set: ["infra", misspelt],
    problems: [
      ["missing-setting", "task_queue.max_receive_count", "nothing"],
      ["unknown-setting", "task_queue.max_recieve_count", "an unknown key"],
    ],
  },
  {
    what: "a number of shards, which is a constant of the table's schema",
    set: ["infra", { "table.shards": "2" }],
    problems: [["unknown-setting", "table.shards"]],
  },
  {
    what: "a string for a number",
    set: ["infra", { "task_queue.retention_days": '"four"' }],
    problems: [["wrong-type", "task_queue.retention_days", '"four"']],
  },
  {
    what: "a number for a string",
    set: ["core", { owner: "7" }],
    problems: [["wrong-type", "owner", "the number 7"]],
  },
  {
    what: "a string for a boolean",
    set: ["infra", { "table.enabled": '"yes"' }],
    problems: [["wrong-type", "table.enabled", '"yes"']],
  },
  {
    what: "a fraction for a whole number",
    set: ["app", { "worker.batch_size": "1.5" }],
    problems: [["wrong-type", "worker.batch_size", "the number 1.5"]],
  },
  {
    what: "a list for a map",
    set: ["infra", { outbox: "[]" }],
    problems: [["wrong-type", "outbox", "a list"]],
  },
  {
    what: "a number that is too large",
    set: ["app", { "api.timeout_seconds": "30" }],
    problems: [["too-large", "api.timeout_seconds", "the number 30"]],
  },
  {
    what: "a number that is too small",
    set: ["infra", { "task_queue.max_receive_count": "1" }],
    problems: [["too-small", "task_queue.max_receive_count", "the number 1"]],
  },
  {
    what: "a retention that CloudWatch Logs does not support",
    set: ["core", { log_retention_days: "8" }],
    problems: [["value-not-allowed", "log_retention_days", "the number 8"]],
  },
  {
    what: "a value that is not in the list of choices",
    set: ["app", { authorization: '"open"' }],
    problems: [["value-not-allowed", "authorization", '"open"']],
  },
  {
    what: "an issuer without TLS, whose keys could be replaced on the network",
    set: ["app", { jwt: '{ issuer = "http://login.example.com", audience = ["tasks"] }' }],
    problems: [["invalid-value", "jwt.issuer", '"http://login.example.com"']],
  },
  {
    what: "an account id that is a number",
    set: ["core", { allowed_account_ids: "[111111111111]" }],
    problems: [["wrong-type", "allowed_account_ids.0", "the number 111111111111"]],
  },
  {
    what: "an account id that is too short",
    set: ["core", { allowed_account_ids: '["11111111111"]' }],
    problems: [["invalid-value", "allowed_account_ids.0", '"11111111111"']],
  },
  {
    what: "no account id",
    set: ["core", { allowed_account_ids: "[]" }],
    problems: [["too-small", "allowed_account_ids", "a list"]],
  },
  {
    what: "an expression",
    set: ["core", { owner: "var.owner" }],
    problems: [["expression", "owner", "the expression ${var.owner}"]],
  },
  {
    what: "a value that is missing",
    set: ["core", { owner: "" }],
    error: "invalid-hcl",
    problems: [["invalid-hcl", ""]],
  },
  {
    what: "a setting given twice",
    set: ["core", { owner: '"once"\nowner = "twice"' }],
    error: "invalid-hcl",
    problems: [["invalid-hcl", ""]],
  },
  {
    what: "a schedule expression that EventBridge would reject",
    set: ["infra", oneSchedule({ expression: "every day at six" })],
    problems: [["invalid-value", "schedules.daily-report.expression", '"every day at six"']],
  },
  {
    what: "a field of a schedule expression out of its range",
    set: ["infra", oneSchedule({ expression: "cron(0 24 * * ? *)" })],
    problems: [["invalid-value", "schedules.daily-report.expression", '"cron(0 24 * * ? *)"']],
  },
  {
    what: "a schedule of an unknown task type",
    set: ["infra", oneSchedule({ type: "report.daily" })],
    problems: [["invalid-value", "schedules.daily-report.type", '"report.daily"']],
  },
  {
    what: "a schedule whose payload does not match its task type",
    set: ["infra", oneSchedule({ payload: "{ message = 0 }" })],
    problems: [["invalid-value", "schedules.daily-report.payload.message"]],
  },
  {
    what: "a schedule with the name of the outbox sweep",
    set: ["infra", oneSchedule({ name: "outbox-sweep" })],
    problems: [["invalid-name", "schedules.outbox-sweep"]],
  },
  {
    what: "a state bucket with a name that S3 would reject",
    set: ["core", { bucket: '"Tasks_dev"' }, "backend"],
    problems: [["invalid-value", "bucket", '"Tasks_dev"']],
  },
  {
    what: "a state that is not encrypted",
    set: ["core", { encrypt: "false" }, "backend"],
    problems: [["value-not-allowed", "encrypt", "the boolean false"]],
  },
];

describe("a mistake in tfvars is reported with file, path, code and value", () => {
  test.each(cases)(
    "$what",
    async ({ set: [layer, settings, file = "terraform"], error = "invalid-settings", problems }) => {
      deploy.set(layer, "dev", settings, file);
      const found = await configurationError(loadEnvironment("dev", deploy.root));
      expect({ code: found.code, file: found.file }).toEqual({
        code: error,
        file: displayPath(deploy.path(layer, "dev", file), deploy.root),
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
    rmSync(deploy.path("infra", "dev", "backend"));
    expect(await configurationError(loadEnvironment("dev", deploy.root))).toMatchObject({
      code: "missing-file",
      file: "deploy/20_infra/environments/dev/backend.tfvars",
    });
  });

  test("every wrong setting of a file at once", async () => {
    writeFileSync(deploy.path("infra", "dev", "terraform"), "");
    const { problems } = await configurationError(loadEnvironment("dev", deploy.root));
    expect(problems.map(({ code, path }) => `${code} ${path}`)).toEqual(
      ["http_api", "task_queue", "table", "outbox", "secrets", "alarms", "schedules"].map(
        (path) => `missing-setting ${path}`,
      ),
    );
  });
});

test("the message has a line for each problem, with path, expected and found", async () => {
  deploy.set("infra", "dev", misspelt);
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
  const names = environmentNames();
  expect(names).toContain("dev");
  for (const name of names) {
    const config = await loadEnvironment(name);
    expect(Object.isFrozen(config.infra.task_queue)).toBe(true);
  }
});
