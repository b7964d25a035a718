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

const record = z.object({
  check_id: z.string(),
  check_name: z.string(),
  resource: z.string(),
  /** `/plan-0.json` */
  file_path: z.string(),
});
const report = z.object({
  results: z.object({ passed_checks: z.array(record), failed_checks: z.array(record) }),
  summary: z.object({ parsing_errors: z.literal(0) }),
});

/**
 * Runs Checkov on resources, offline.
 * @throws {ScannerError} when it prints no report
 */
export const findingsOf = async (scanned: Scanned): Promise<Finding[]> =>
  (await findingsOfEach([scanned])).flat();

/**
 * Runs Checkov once on several sets of resources, each of which is checked by itself: most of its time is its start.
 * @returns the findings of each set
 * @throws {ScannerError} when it prints no report
 */
export async function findingsOfEach(sets: readonly Scanned[]): Promise<Finding[][]> {
  const folder = mkdtempSync(join(tmpdir(), "policy-"));
  try {
    const files = sets.map((_, index) => `plan-${index}.json`);
    for (const [index, { resources }] of sets.entries())
      writeFileSync(join(folder, files[index] ?? ""), JSON.stringify(planOf(resources)));
    const parameters = [
      ...["--file", ...files, "--framework", "terraform_plan"],
      ...["--skip-download", "--compact", "--output", "json", "--soft-fail"],
    ];
    // Otherwise it downloads guidelines.
    const variables = { BC_SKIP_MAPPING: "TRUE" };
    const { results } = await runScanner(checkov, parameters, report, variables, folder);
    const { passed_checks, failed_checks } = results;
    const records = [
      ...passed_checks.map((each) => ({ ...each, passed: true })),
      ...failed_checks.map((each) => ({ ...each, passed: false })),
    ];
    return sets.map(({ resources }, index) => {
      const addresses = new Map(
        [...resources, ...queuePolicies(resources)].map(({ type, id, address }) => [
          `${type}.${id}`,
          address,
        ]),
      );
      return records
        .filter(({ file_path }) => file_path === `/${files[index]}`)
        .map(({ check_id, check_name, resource, passed }) => ({
          check: check_id,
          meaning: check_name,
          resource: addresses.get(resource) ?? resource,
          passed,
        }));
    });
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
