import type { TerraformResource } from "cdktf";

/**
 * Says beside a resource why a check of the policy scanner may fail on it. `npm run cli -- check policy` reads it from the
 * synthesized JSON, where Terraform takes everything under "//" for a comment; a waiver that nothing needs fails.
 * @param check id of the check, `CKV_AWS_117`
 */
export const waive = (resource: TerraformResource, check: string, reason: string): void => {
  resource.addOverride(`//.waivers.${check}`, reason);
};
