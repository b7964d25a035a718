import { verdict, type Evidence } from "./verdict";

const queue = "infra aws_sqs_queue.tasks";
const other = "infra aws_sqs_queue.other";
const finding = (check: string, passed: boolean, resource = queue) => ({
  check,
  resource,
  passed,
  meaning: "is fine",
});
const suppression = (check: string, resource = queue) => ({ check, resource, reason: "because" });
const decided = [
  { profile: "core", check: "CKV_1", on: "aws_sqs_queue", decision: "pass" },
  { profile: "core", check: "CKV_2", on: "aws_sqs_queue", decision: "mixed" },
  { profile: "core", check: "CKV_3", on: "aws_sqs_queue", decision: "suppress" },
  { profile: "core", check: "CKV_4", on: "aws_s3_bucket", decision: "pass" },
] as const;
const clean: Evidence = {
  findings: [
    finding("CKV_1", true),
    finding("CKV_2", true),
    finding("CKV_2", false, other),
    finding("CKV_3", false),
  ],
  suppressions: [suppression("CKV_2", other), suppression("CKV_3")],
  decided,
  types: ["aws_sqs_queue", "aws_sqs_queue_policy"],
};

test("findings as decided are no problem; checks of absent types are ignored", () => {
  const { problems, passed, applicable, suppressed } = verdict(clean);
  expect(problems).toEqual([]);
  expect(passed).toEqual(["CKV_1", "CKV_2"]);
  expect(applicable).toEqual(["CKV_1", "CKV_2", "CKV_3"]);
  expect(suppressed).toEqual(clean.suppressions);
});

test.each<[string, Partial<Evidence>, string]>([
  [
    "a finding without a suppression",
    { suppressions: [suppression("CKV_3")] },
    `${other} fails CKV_2, "is fine": fix it, or suppress the check at the resource with a reason`,
  ],
  [
    "a finding that only another resource suppresses",
    { suppressions: [suppression("CKV_2", other), suppression("CKV_3", other)] },
    `${queue} fails CKV_3`,
  ],
  [
    "an unused suppression",
    { suppressions: [...clean.suppressions, suppression("CKV_1")] },
    `${queue} suppresses CKV_1, which it does not fail: remove the suppression`,
  ],
  [
    "a suppression of a check that must pass",
    {
      findings: [...clean.findings, finding("CKV_1", false, other)],
      suppressions: [...clean.suppressions, suppression("CKV_1", other)],
    },
    `${other} suppresses CKV_1, whose suppression no decision allows`,
  ],
  [
    "a check that the scanner no longer runs",
    { findings: clean.findings.filter(({ check }) => check !== "CKV_1") },
    "CKV_1 must pass on aws_sqs_queue, but passed on none",
  ],
  [
    "a resource type without a finding",
    { types: [...clean.types, "aws_s3_bucket_versioning"] },
    "CKV_4 must pass on aws_s3_bucket",
  ],
])("%s is a problem", (_, evidence, problem) => {
  expect(verdict({ ...clean, ...evidence }).problems).toContainEqual(expect.stringContaining(problem));
});
