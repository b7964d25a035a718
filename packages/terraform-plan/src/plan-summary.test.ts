import { counts, drifted, summarize } from "./plan-summary";
import { shown } from "./testing/shown-plan";

test("a summary has addresses and actions, and no values", () => {
  const summary = summarize(shown);
  expect(counts(summary)).toEqual({ create: 1, change: 1, replace: 1, destroy: 1 });
  expect(summary.outputs).toEqual(["key_arn"]);
  expect(drifted(shown, {})).toEqual(["aws_sqs_queue.tasks", "aws_kms_key.key"]);
});

test("attributes of ignore_changes do not drift, and a deleted resource does", () => {
  const ignoring = (...ignore_changes: string[]) => ({ lifecycle: { ignore_changes } });
  const stack = {
    resource: {
      aws_sqs_queue: { tasks: ignoring("delay") },
      aws_kms_key: { key: ignoring("policy") },
    },
  };
  expect(drifted(shown, stack)).toEqual(["aws_kms_key.key"]);
  expect(drifted(shown, { resource: { aws_sqs_queue: { tasks: ignoring("name") } } })).toContain(
    "aws_sqs_queue.tasks",
  );
});

test.each([
  [
    "is paused by a command, whose change Terraform ignores",
    { paused: "2026-01-31 a failover" },
    ["state"],
    [],
  ],
  ["is paused, where Terraform does not ignore it", { paused: "2026-01-31 a test" }, [], ["aws_rule.sweep"]],
  ["has another tag", { paused: "2026-01-31 a failover", owner: "other" }, ["state"], ["aws_rule.sweep"]],
])("a rule that %s", (_what, tags, ignore_changes, expected) => {
  const before = { state: "ENABLED", tags: null, tags_all: { Project: "tasks" } };
  const after = { state: "DISABLED", tags, tags_all: { Project: "tasks", ...tags } };
  const json = {
    resource_drift: [{ address: "aws_rule.sweep", change: { actions: ["update"], before, after } }],
    configuration: {
      root_module: { resources: [{ address: "aws_rule.sweep", expressions: { state: {} } }] },
    },
  };
  const stack = { resource: { aws_rule: { sweep: { lifecycle: { ignore_changes } } } } };
  expect(drifted(json, stack, ["paused"])).toEqual(expected);
});
