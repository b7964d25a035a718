import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import type { Construct } from "constructs";
import type { Place } from "../shared/arn";

/** The account and region that Terraform is really connected to, asked of AWS. */
export const connectedPlace = (scope: Construct): Place => ({
  account_id: new DataAwsCallerIdentity(scope, "caller").accountId,
  region: new DataAwsRegion(scope, "region").name,
  partition: new DataAwsPartition(scope, "partition").partition,
});
