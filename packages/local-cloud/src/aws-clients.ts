import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { STSClient } from "@aws-sdk/client-sts";
import { assertLoopback, localCredentials, type LocalTarget } from "./child-environment";

// The SDK is pinned: its warning about later releases and Node.js versions does not apply.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

/** SDK configuration for the emulator, independent of the user's environment. */
export function localClientConfig(target: LocalTarget) {
  assertLoopback(target.endpoint);
  return { endpoint: target.endpoint, region: target.region, credentials: localCredentials(target) };
}

/** The clients for Terraform's state. */
export interface StateClients {
  readonly s3: S3Client;
  readonly dynamodb: DynamoDBClient;
  readonly sts: STSClient;
}

/** SDK configuration of a target. */
export interface ClientConfig {
  readonly region: string;
  readonly endpoint?: string;
  /** By default the user's own. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

export const stateClients = (config: ClientConfig): StateClients => ({
  s3: new S3Client({ ...config, ...(config.endpoint !== undefined && { forcePathStyle: true }) }),
  dynamodb: new DynamoDBClient(config),
  sts: new STSClient(config),
});
