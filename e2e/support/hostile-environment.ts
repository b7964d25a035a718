import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listenOnLoopback } from "../../packages/aws-stub/src/loopback";

/**
 * Environment variables and AWS configuration files with credentials of a real account. All endpoints are those of a
 * server that records requests.
 */
export interface HostileEnvironment {
  readonly variables: NodeJS.ProcessEnv;
  /** Requests that the server has received. */
  readonly requests: readonly string[];
  readonly dispose: () => Promise<void>;
}

export async function hostileEnvironment(): Promise<HostileEnvironment> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method ?? ""} ${request.headers.host ?? ""}${request.url ?? ""}`);
    response.writeHead(500).end();
  });
  const endpoint = `http://127.0.0.1:${await listenOnLoopback(server)}`;

  const folder = mkdtempSync(join(tmpdir(), "hostile-"));
  const config = join(folder, "config");
  const credentials = join(folder, "credentials");
  writeFileSync(
    config,
    `[default]\nregion = us-east-1\nendpoint_url = ${endpoint}\n[profile production]\nregion = us-east-1\nendpoint_url = ${endpoint}\n`,
  );
  const key = "aws_access_key_id = AKIAREALLOOKINGKEY00\naws_secret_access_key = realLookingSecret\n";
  writeFileSync(credentials, `[default]\n${key}[production]\n${key}`);

  const services = [
    "S3",
    "DYNAMODB",
    "STS",
    "SQS",
    "LAMBDA",
    "IAM",
    "CLOUDWATCH_LOGS",
    "EVENTBRIDGE",
    "APIGATEWAYV2",
  ];
  return {
    requests,
    variables: {
      ...process.env,
      AWS_PROFILE: "production",
      AWS_DEFAULT_PROFILE: "production",
      AWS_CONFIG_FILE: config,
      AWS_SHARED_CREDENTIALS_FILE: credentials,
      AWS_ACCESS_KEY_ID: "AKIAREALLOOKINGKEY00",
      AWS_SECRET_ACCESS_KEY: "realLookingSecret",
      AWS_SESSION_TOKEN: "realLookingToken",
      AWS_REGION: "us-east-1",
      AWS_DEFAULT_REGION: "us-east-1",
      AWS_ROLE_ARN: "arn:aws:iam::999999999999:role/production",
      AWS_WEB_IDENTITY_TOKEN_FILE: credentials,
      AWS_ENDPOINT_URL: endpoint,
      ...Object.fromEntries(services.map((service) => [`AWS_ENDPOINT_URL_${service}`, endpoint])),
      AWS_CONTAINER_CREDENTIALS_FULL_URI: `${endpoint}/credentials`,
      AWS_EC2_METADATA_SERVICE_ENDPOINT: endpoint,
      TF_VAR_region: "us-east-1",
      TF_WORKSPACE: "production",
      TF_CLI_ARGS: "-var=account=999999999999",
      TF_DATA_DIR: folder,
    },
    dispose: async () => {
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true });
    },
  };
}
