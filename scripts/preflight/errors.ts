import { displayPath, tfvarsPath } from "../../deploy/config/environments";
import type { EnvironmentConfig } from "../../deploy/config/environment-config";
import { CommandError } from "../core/errors";

export interface Shortage {
  readonly config: EnvironmentConfig;
  readonly quota: number;
  readonly needed: number;
  /** Reserved by this environment's tfvars. */
  readonly wanted: number;
  /** Reserved by other functions of the account. */
  readonly byOthers: number;
  readonly unreservedMinimum: number;
}

/** Lambda's quota "Concurrent executions". */
const quotaCode = "L-B99A9384";

export const quotaTooSmall = ({ config, quota, needed, wanted, byOthers, unreservedMinimum }: Shortage) => {
  const file = displayPath(tfvarsPath("app", config.name, "terraform"));
  const others = byOthers > 0 ? `${byOthers} reserved by other functions, ` : "";
  return new CommandError(
    [
      `The account's quota of concurrent Lambda executions is ${quota}; ${config.name} needs ${needed}.`,
      `  expected  ${wanted} reserved in ${file}, ${others}${unreservedMinimum} that Lambda keeps unreserved`,
      `  next      request it, which AWS grants in hours or days, or lower reserved_concurrency:`,
      `            aws service-quotas request-service-quota-increase --service-code lambda --quota-code ${quotaCode} \\`,
      `              --desired-value ${needed} --region ${config.core.region}`,
    ].join("\n"),
  );
};

export const quotaUnreadable = (cause: unknown) =>
  new CommandError(
    [
      `The account's quota of concurrent Lambda executions could not be read: ${cause instanceof Error ? cause.message : String(cause)}`,
      "  expected  the permissions lambda:GetAccountSettings and lambda:GetFunction",
      "  next      apply core as an administrator, which gives them to the plan and deploy roles",
    ].join("\n"),
    { cause },
  );
