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
