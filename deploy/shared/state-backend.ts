import { DataTerraformRemoteStateS3, S3Backend, type S3BackendConfig, type TerraformStack } from "cdktf";
import * as z from "zod";
import { domainSuffixOf, partitionOf } from "./aws-partition";

/** Where a layer stores its Terraform state: the settings of its `backend.tfvars`. */
export interface StateLocation {
  readonly bucket: string;
  readonly key: string;
  readonly region: string;
  readonly dynamodb_table: string;
}

/** Arguments of the S3 backend that an app sets for all of its stacks, under a key of the construct tree's context. */
export type BackendArguments = Partial<S3BackendConfig>;
export const backendArgumentsContext = "s3-backend-arguments";
const contextArguments = z.custom<BackendArguments>().default({});

/** Terraform 1.11 treats regions of the European Sovereign Cloud as regions of the partition `aws`. */
const endpointsOf = (region: string): BackendArguments => {
  if (partitionOf(region) !== "aws-eusc") return {};
  const endpoint = (service: string) => `https://${service}.${region}.${domainSuffixOf(region)}`;
  return {
    endpoints: {
      s3: endpoint("s3"),
      dynamodb: endpoint("dynamodb"),
      iam: endpoint("iam"),
      sts: endpoint("sts"),
    },
  };
};

/**
 * The arguments that the layer that writes a state and the layers that read it have in common. Without `encrypt`:
 * Terraform would encrypt the state with SSE-S3 instead of the bucket's KMS key.
 */
const backendArguments = (stack: TerraformStack, { bucket, key, region }: StateLocation) => ({
  bucket,
  key,
  region,
  // tfvars are checked against a newer list of regions than Terraform has.
  skipRegionValidation: true,
  ...endpointsOf(region),
  ...contextArguments.parse(stack.node.tryGetContext(backendArgumentsContext)),
});

/** Stores a stack's state in S3, locked by DynamoDB and by an S3 lockfile. */
export function configureBackend(stack: TerraformStack, location: StateLocation): void {
  // cdktf 0.21 has no `useLockfile` in its type; Terraform 1.11 has it in its backend.
  const config: S3BackendConfig & { readonly useLockfile: true } = {
    ...backendArguments(stack, location),
    dynamodbTable: location.dynamodb_table,
    useLockfile: true,
  };
  new S3Backend(stack, config);
}

/** The state of a lower layer. Reading it takes no lock. */
export const remoteState = (stack: TerraformStack, layer: string, location: StateLocation) =>
  new DataTerraformRemoteStateS3(stack, layer, backendArguments(stack, location));
