import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { STSClient } from "@aws-sdk/client-sts";
import { assertLoopback, localCredentials, type LocalTarget } from "./child-environment";

// The SDK is pinned. A warning that its later releases need a later Node.js does not help who runs a command.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";

/** How clients of the AWS SDK reach the emulator; nothing of the person's environment has a say in it. */
export function localClientConfig(target: LocalTarget) {
  assertLoopback(target.endpoint);
  return { endpoint: target.endpoint, region: target.region, credentials: localCredentials(target) };
}

/** The services in which Terraform's state lives. */
export interface StateClients {
  readonly s3: S3Client;
  readonly dynamodb: DynamoDBClient;
  readonly sts: STSClient;
}

/** Where clients of the AWS SDK go. */
export interface ClientConfig {
  readonly region: string;
  readonly endpoint?: string;
  /** Left out, the person's own are used. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

export const stateClients = (config: ClientConfig): StateClients => ({
  s3: new S3Client({ ...config, ...(config.endpoint !== undefined && { forcePathStyle: true }) }),
  dynamodb: new DynamoDBClient(config),
  sts: new STSClient(config),
});
