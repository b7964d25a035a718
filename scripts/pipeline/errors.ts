import { userError } from "../core/errors";

export const terraformFailed = (what: string, output: string) =>
  userError(
    `terraform ${what} failed:\n${output}`,
    "Terraform to finish",
    "fix what Terraform reports above, then try again",
  );

export const noPlan = (folder: string) =>
  userError(
    `There is no plan in ${folder}.`,
    "a folder that npm run cli -- plan has written",
    "npm run cli -- plan <environment> --out <folder>",
  );

export const planOfAnother = (what: string, planned: string, here: string) =>
  userError(
    `The plan is for the ${what} ${planned}, and this is ${here}.`,
    `the same ${what}: only what was reviewed is applied`,
    "plan again, and have that reviewed",
  );

export const planChanged = (file: string) =>
  userError(
    `${file} has changed since it was planned.`,
    "the plan's files without changes since the review",
    "plan again, and have that reviewed",
  );

/** Terraform: "Saved plan is stale" */
export const planStale = (stack: string, cause: unknown) =>
  userError(
    `The state of ${stack} has changed since it was planned, perhaps by an earlier attempt at this plan. Nothing of it was applied.`,
    "the state from which the plan was computed",
    "plan again, and have that reviewed: npm run cli -- plan; in GitHub, Re-run all jobs, since Re-run failed jobs uses the old plan",
    cause,
  );

export const planHasPlaceholders = (layer: string, missing: string) =>
  userError(
    `The plan of ${layer} uses placeholders, since ${missing} had never been applied.`,
    `a plan with the outputs of ${missing}`,
    `apply ${missing} first, then plan again`,
  );
