import { rules } from "../../../deploy/policies/rules";
import { scannedExamples } from "./check-policy";
import { dataChecksWithoutResult } from "./data-checks";
import { decidedChecks } from "./decisions";

jest.setTimeout(60_000); // environments are synthesized one after the other

test.each(["core", "data"])("each %s check is decided once", (name) => {
  const checks = decidedChecks()
    .filter(({ profile }) => profile === name)
    .map(({ check }) => check);
  expect(checks.length).toBeGreaterThan(0);
  expect([...new Set(checks)]).toEqual(checks);
});

test("the 40 checks of stores: 15 pass, 2 are suppressed, and 23 have no result", () => {
  const data = decidedChecks().filter(({ profile }) => profile === "data");
  const count = (wanted: string) => data.filter(({ decision }) => decision === wanted).length;
  const others = Object.keys(dataChecksWithoutResult);
  expect([count("pass"), count("suppress"), others.length]).toEqual([15, 2, 23]);
  expect(data.filter(({ check }) => others.includes(check))).toEqual([]);
});

test("what has no result is required by a rule of deploy/policies, or not required with a reason", async () => {
  const names = rules.map(({ name }) => name);
  const all = Object.entries(dataChecksWithoutResult);
  expect(all.filter(([, { rule }]) => rule !== undefined && !names.includes(rule))).toEqual([]);
  expect(all.filter(([, { rule, reason }]) => (rule === undefined) === (reason === undefined))).toEqual([]);
  const types = new Set(
    [...(await scannedExamples()).values()].flatMap(({ resources }) => resources.map(({ type }) => type)),
  );
  expect(types).toContain("aws_rds_cluster");
  const present = all.filter(([, { on }]) => types.has(on)).map(([check]) => check);
  // Those that Checkov skips for clusters of PostgreSQL.
  expect(present).toEqual(["CKV_AWS_325", "CKV_AWS_326"]);
});
