import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as z from "zod";
import { at } from "../../../deploy/policies/attributes";
import type { ResolvedEnvironment } from "../../../deploy/policies/resolved-environment";
import { inherited } from "../../../packages/local-cloud/src/child-environment";
import { run } from "../../../packages/local-cloud/src/command";
import { commandFailed } from "../../local/errors";
import { localHome } from "../../../packages/local-cloud/src/home";
import { parseJson } from "../../../packages/local-cloud/src/parse-json";
import { installedPythonTool } from "../../../packages/local-cloud/src/python-tool";
import { planOf, queuePolicies } from "./plan";

/** https://www.checkov.io, Apache-2.0 */
const checkov = {
  name: "Checkov",
  version: "3.3.30",
  program: "checkov",
  requirements: join(__dirname, "checkov-requirements.txt"),
};

/** What a check says of a resource. */
export interface Finding {
  readonly check: string;
  /** What the check asks for, in Checkov's words. */
  readonly meaning: string;
  /** The resource's address for people. */
  readonly resource: string;
  readonly passed: boolean;
}

/** Why a resource may fail a check, as it stands beside it. */
export interface Waiver {
  readonly check: string;
  readonly resource: string;
  readonly reason: string;
}

const record = z.object({ check_id: z.string(), check_name: z.string(), resource: z.string() });
const report = z.object({
  results: z.object({ passed_checks: z.array(record), failed_checks: z.array(record) }),
  summary: z.object({ parsing_errors: z.literal(0) }),
});

/**
 * Has Checkov read an environment, without asking anybody on the network.
 * @throws {CommandError} when it cannot be installed or gives no report
 */
export async function findingsOf(environment: ResolvedEnvironment): Promise<Finding[]> {
  const program = await installedPythonTool(checkov, localHome(), console.log);
  const folder = mkdtempSync(join(tmpdir(), "policy-"));
  try {
    const plan = join(folder, "plan.json");
    writeFileSync(plan, JSON.stringify(planOf(environment)));
    const parameters = [
      ...["--file", plan, "--framework", "terraform_plan"],
      ...["--skip-download", "--compact", "--output", "json", "--soft-fail"],
    ];
    // Without the variable it fetches the texts of its own guidelines.
    const env = { ...inherited(), BC_SKIP_MAPPING: "TRUE", NO_COLOR: "1" };
    const result = await run(program, parameters, env, folder);
    const parsed = report.safeParse(parseJson(result.stdout));
    if (!parsed.success)
      throw commandFailed("checkov", result.exitCode, `${result.stdout}${result.stderr}`.slice(-2000));
    const { passed_checks, failed_checks } = parsed.data.results;
    const { resources } = environment;
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
    return [...passed_checks.map(finding(true)), ...failed_checks.map(finding(false))];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Every waiver that stands beside a resource of the environment. */
export const waiversOf = ({ resources }: ResolvedEnvironment): Waiver[] =>
  resources.flatMap(({ address, attributes }) =>
    Object.entries(waivers.parse(at(attributes, "//", "suppressions"))).map(([check, reason]) => ({
      check,
      resource: address,
      reason,
    })),
  );

const waivers = z.record(z.string(), z.string().min(1)).default({});
