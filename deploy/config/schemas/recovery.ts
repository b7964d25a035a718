import * as z from "zod";
import { awsRegion } from "./aws-region";
import { setting } from "./setting";

/** The second region of an environment. */
export const recoveryConfig = z.strictObject({
  region: setting(
    "The second region, of the same partition. Its Terraform states are in a bucket there, with the name in backend.tfvars followed by the region.",
    awsRegion,
  ),
});
export type RecoveryConfig = z.output<typeof recoveryConfig>;
