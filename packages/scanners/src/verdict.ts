import type { Finding, Waiver } from "./checkov";

/** What was decided about a check. `mixed` passes, but for resources that waive it. */
export type Decision = "pass" | "mixed" | "waive";

export interface DecidedCheck {
  readonly profile: string;
  readonly check: string;
  /** Prefix of the resource types that it looks at. */
  readonly on: string;
  readonly decision: Decision;
}

export interface Evidence {
  readonly findings: readonly Finding[];
  readonly waivers: readonly Waiver[];
  readonly decided: readonly DecidedCheck[];
  /** The resource types that there are. */
  readonly types: readonly string[];
}

export interface Verdict {
  /** Ids of the checks that are decided to pass and do. */
  readonly passed: readonly string[];
  /** Ids of all checks that are decided and have something to look at. */
  readonly applicable: readonly string[];
  /** Waivers that a finding uses. */
  readonly waived: readonly Waiver[];
  /** What is wrong and what to do about it; none means that the policy is kept. */
  readonly problems: readonly string[];
}

/** Compares what the scanner found with what was decided. */
export function verdict({ findings, waivers, decided, types }: Evidence): Verdict {
  const failed = findings.filter(({ passed }) => !passed);
  const waiverOf = ({ check, resource }: Finding) =>
    waivers.find((waiver) => waiver.check === check && waiver.resource === resource);
  const waived = failed.flatMap((finding) => waiverOf(finding) ?? []);
  const applicable = decided.filter(({ on }) => types.some((type) => type.startsWith(on)));
  const passes = new Set(findings.filter(({ passed }) => passed).map(({ check }) => check));
  const mayBeWaived = new Set(
    decided.filter(({ decision }) => decision !== "pass").map(({ check }) => check),
  );
  const toPass = applicable.filter(({ decision }) => decision !== "waive");
  return {
    passed: toPass.filter(({ check }) => passes.has(check)).map(({ check }) => check),
    applicable: applicable.map(({ check }) => check),
    waived,
    problems: [
      ...failed
        .filter((finding) => waiverOf(finding) === undefined)
        .map(
          ({ check, meaning, resource }) =>
            `${resource} fails ${check}, "${meaning}": fix it, or suppress the check at the resource with a reason`,
        ),
      ...waivers
        .filter((waiver) => !waived.includes(waiver))
        .map(
          ({ check, resource }) =>
            `${resource} suppresses ${check}, which it does not fail: remove the suppression`,
        ),
      ...waived
        .filter(({ check }) => !mayBeWaived.has(check))
        .map(
          ({ check, resource }) =>
            `${resource} suppresses ${check}, whose suppression no decision allows: fix it, or allow its suppression in the decisions`,
        ),
      ...toPass
        .filter(({ check }) => !passes.has(check))
        .map(({ check, on }) => `${check} is decided to pass on ${on}, and was not seen to pass on any`),
    ],
  };
}
