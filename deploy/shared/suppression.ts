import type { TerraformResource } from "cdktf";

/**
 * Allows a resource to fail a check of the policy scanner, with the reason. `npm run cli -- check policy` reads suppressions
 * from the synthesized JSON, where Terraform ignores everything under "//". A suppression of a check that passes fails.
 * @param check id of the check, `CKV_AWS_117`
 */
export const suppressCheck = (resource: TerraformResource, check: string, reason: string): void => {
  resource.addOverride(`//.suppressions.${check}`, reason);
};

/** @param reasons the reason by the id of the check */
export const suppressChecks = (
  resource: TerraformResource,
  reasons: Readonly<Record<string, string>>,
): void => {
  for (const [check, reason] of Object.entries(reasons)) suppressCheck(resource, check, reason);
};
