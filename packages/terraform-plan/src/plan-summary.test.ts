import { counts, drifted, summarize } from "./plan-summary";
import { shown } from "./testing/shown-plan";

test("a summary has addresses and actions, and no values", () => {
  const summary = summarize(shown);
  expect(counts(summary)).toEqual({ create: 1, change: 1, replace: 1, destroy: 1 });
  expect(summary.outputs).toEqual(["key_arn"]);
  expect(drifted(shown)).toEqual(["aws_sqs_queue.tasks", "aws_kms_key.key"]);
});
