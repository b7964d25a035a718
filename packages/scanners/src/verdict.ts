import type { Finding, Suppression } from "./checkov";

/** The decision about a check. `mixed` passes, except for resources that suppress it. */
export type Decision = "pass" | "mixed" | "suppress";

export interface DecidedCheck {
  readonly profile: string;
  readonly check: string;
  /** Prefix of the checked resource types. */
  readonly on: string;
  readonly decision: Decision;
}

export interface Evidence {
  readonly findings: readonly Finding[];
  readonly suppressions: readonly Suppression[];
  readonly decided: readonly DecidedCheck[];
  /** The existing resource types. */
  readonly types: readonly string[];
}

export interface Verdict {
  /** Ids of the checks that must pass and do. */
  readonly passed: readonly string[];
  /** Ids of the decided checks of existing resource types. */
  readonly applicable: readonly string[];
  /** Suppressions of findings. */
  readonly suppressed: readonly Suppression[];
  /** Problems, each with what to do; empty if the findings are as decided. */
  readonly problems: readonly string[];
}

/** Compares the scanner's findings with the decisions. */
export function verdict({ findings, suppressions, decided, types }: Evidence): Verdict {
  const failed = findings.filter(({ passed }) => !passed);
  const suppressionOf = ({ check, resource }: Finding) =>
    suppressions.find((suppression) => suppression.check === check && suppression.resource === resource);
  const suppressed = failed.flatMap((finding) => suppressionOf(finding) ?? []);
  const applicable = decided.filter(({ on }) => types.some((type) => type.startsWith(on)));
  const passes = new Set(findings.filter(({ passed }) => passed).map(({ check }) => check));
  const mayBeSuppressed = new Set(
    decided.filter(({ decision }) => decision !== "pass").map(({ check }) => check),
  );
  const toPass = applicable.filter(({ decision }) => decision !== "suppress");
  return {
    passed: toPass.filter(({ check }) => passes.has(check)).map(({ check }) => check),
    applicable: applicable.map(({ check }) => check),
    suppressed,
    problems: [
      ...failed
        .filter((finding) => suppressionOf(finding) === undefined)
        .map(
          ({ check, meaning, resource }) =>
            `${resource} fails ${check}, "${meaning}": fix it, or suppress the check at the resource with a reason`,
        ),
      ...suppressions
        .filter((suppression) => !suppressed.includes(suppression))
        .map(
          ({ check, resource }) =>
            `${resource} suppresses ${check}, which it does not fail: remove the suppression`,
        ),
      ...suppressed
        .filter(({ check }) => !mayBeSuppressed.has(check))
        .map(
          ({ check, resource }) =>
            `${resource} suppresses ${check}, whose suppression no decision allows: fix it, or allow its suppression in the decisions`,
        ),
      ...toPass
        .filter(({ check }) => !passes.has(check))
        .map(({ check, on }) => `${check} must pass on ${on}, but passed on none`),
    ],
  };
}
