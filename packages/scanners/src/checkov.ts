import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as z from "zod";
import { planOf, queuePolicies, type ScannedResource } from "./checkov-plan";
import { runScanner } from "./run-scanner";

/** https://www.checkov.io, Apache-2.0 */
const checkov = {
  name: "Checkov",
  version: "3.3.30",
  program: "checkov",
  requirements: join(__dirname, "checkov-requirements.txt"),
};

/** The result of a check for a resource. */
export interface Finding {
  readonly check: string;
  /** Checkov's description of the check. */
  readonly meaning: string;
  /** The resource's `address`. */
  readonly resource: string;
  readonly passed: boolean;
}

/** The exception of a resource from a check. */
export interface Suppression {
  readonly check: string;
  readonly resource: string;
  readonly reason: string;
}

/** Resources that are checked together, such as those of an environment. */
export interface Scanned {
  readonly resources: readonly ScannedResource[];
}

const record = z.object({ check_id: z.string(), check_name: z.string(), resource: z.string() });
const report = z.object({
  results: z.object({ passed_checks: z.array(record), failed_checks: z.array(record) }),
  summary: z.object({ parsing_errors: z.literal(0) }),
});

/**
 * Runs Checkov on resources, offline.
 * @throws {ScannerError} when it prints no report
 */
export async function findingsOf({ resources }: Scanned): Promise<Finding[]> {
  const folder = mkdtempSync(join(tmpdir(), "policy-"));
  try {
    const plan = join(folder, "plan.json");
    writeFileSync(plan, JSON.stringify(planOf(resources)));
    const parameters = [
      ...["--file", plan, "--framework", "terraform_plan"],
      ...["--skip-download", "--compact", "--output", "json", "--soft-fail"],
    ];
    // Otherwise it downloads guidelines.
    const variables = { BC_SKIP_MAPPING: "TRUE" };
    const { results } = await runScanner(checkov, parameters, report, variables, folder);
    const addresses = new Map(
      [...resources, ...queuePolicies(resources)].map(({ type, id, address }) => [`${type}.${id}`, address]),
    );
    const finding =
      (passed: boolean) =>
      ({ check_id, check_name, resource }: z.output<typeof record>): Finding => ({
        check: check_id,
        meaning: check_name,
        resource: addresses.get(resource) ?? resource,
        passed,
      });
    return [...results.passed_checks.map(finding(true)), ...results.failed_checks.map(finding(false))];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const notes = z.object({
  "//": z.object({ suppressions: z.record(z.string(), z.string().min(1)).default({}) }).optional(),
});

/** The suppressions of the resources, from `suppressions` in CDKTF's comment `//`: reasons by check. */
export const suppressionsOf = ({ resources }: Scanned): Suppression[] =>
  resources.flatMap(({ address, attributes }) =>
    Object.entries(notes.parse(attributes)["//"]?.suppressions ?? {}).map(([check, reason]) => ({
      check,
      resource: address,
      reason,
    })),
  );
