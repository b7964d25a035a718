import { DataTerraformRemoteStateS3, S3Backend, type S3BackendConfig, type TerraformStack } from "cdktf";
import type { BackendConfig } from "../config/schemas/backend";
import { domainSuffixOf, partitionOf } from "./aws-partition";
import { emulator } from "../emulator/endpoint";

/** Terraform 1.11 takes the European Sovereign Cloud for a part of the commercial partition. */
const endpointsOf = (region: string): Pick<S3BackendConfig, "endpoints"> => {
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
 * Where a state lies; the same for the layer that writes it and for those that read it. Without `encrypt`: Terraform
 * takes it for "with a key of S3", in place of the KMS key that the bucket encrypts everything with by itself.
 */
const location = ({ bucket, key, region }: BackendConfig) => ({
  bucket,
  key,
  region,
  // tfvars name a region of a newer list than Terraform has.
  skipRegionValidation: true,
  ...(emulator()
    ? {
        usePathStyle: true,
        skipCredentialsValidation: true,
        skipMetadataApiCheck: true,
        skipRequestingAccountId: true,
      }
    : endpointsOf(region)),
});

/** Keeps a stack's state in S3, locked by DynamoDB and by an S3 lockfile beside the state. */
export function keepState(stack: TerraformStack, backend: BackendConfig): void {
  // cdktf 0.21 has no `useLockfile` in its type; Terraform 1.11 has it in its backend.
  const config: S3BackendConfig & { readonly useLockfile: true } = {
    ...location(backend),
    dynamodbTable: backend.dynamodb_table,
    useLockfile: true,
  };
  new S3Backend(stack, config);
}

/** The state of the layer below; reading takes no lock. */
export const readState = (stack: TerraformStack, layer: string, backend: BackendConfig) =>
  new DataTerraformRemoteStateS3(stack, layer, location(backend));
