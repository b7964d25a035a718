import { Apigatewayv2Api } from "@cdktf/provider-aws/lib/apigatewayv2-api";
import { Apigatewayv2Stage } from "@cdktf/provider-aws/lib/apigatewayv2-stage";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { Construct } from "constructs";
import type { InfraConfig } from "../config/schemas/infra";

export interface HttpApiProps {
  readonly name: string;
  readonly config: InfraConfig["http_api"];
  readonly logRetentionDays: number;
  readonly keyArn: string | undefined;
}

/** Browsers may cache the response to a preflight request for this long. */
const corsMaxAgeSeconds = 3600;

/** The HTTP API and its `$default` stage; the app layer adds integration and routes. */
export class HttpApi extends Construct {
  readonly api: Apigatewayv2Api;

  constructor(scope: Construct, id: string, { name, config, logRetentionDays, keyArn }: HttpApiProps) {
    super(scope, id);
    this.api = new Apigatewayv2Api(this, "Resource", {
      name,
      protocolType: "HTTP",
      ...(config.cors_allow_origins.length > 0 && { corsConfiguration: cors(config.cors_allow_origins) }),
    });
    const accessLog = new CloudwatchLogGroup(this, "access-log", {
      // Groups under this prefix do not count against the size of the account's log resource policy:
      // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging.html
      name: `/aws/vendedlogs/${name}`,
      retentionInDays: logRetentionDays,
      kmsKeyId: keyArn,
    });
    new Apigatewayv2Stage(this, "stage", {
      apiId: this.api.id,
      name: "$default",
      autoDeploy: true,
      accessLogSettings: { destinationArn: accessLog.arn, format: JSON.stringify(accessLogFormat) },
      defaultRouteSettings: {
        throttlingRateLimit: config.throttling_rate_limit,
        throttlingBurstLimit: config.throttling_burst_limit,
        detailedMetricsEnabled: true,
      },
    });
  }
}

/** Requests that are signed in a browser have these headers in addition to `authorization`. */
const signatureHeaders = ["x-amz-content-sha256", "x-amz-date", "x-amz-security-token"];

const cors = (allowOrigins: readonly string[]) => ({
  allowOrigins: [...allowOrigins],
  allowMethods: ["GET", "HEAD", "POST", "DELETE"],
  allowHeaders: ["authorization", "content-type", "idempotency-key", "if-none-match", ...signatureHeaders],
  exposeHeaders: ["etag", "location", "retry-after", "x-request-id"],
  maxAge: corsMaxAgeSeconds,
});

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html */
const accessLogFormat = {
  requestId: "$context.requestId",
  time: "$context.requestTime",
  ip: "$context.identity.sourceIp",
  method: "$context.httpMethod",
  path: "$context.path",
  route: "$context.routeKey",
  status: "$context.status",
  responseLength: "$context.responseLength",
  responseLatency: "$context.responseLatency",
  integrationLatency: "$context.integrationLatency",
  integrationError: "$context.integrationErrorMessage",
  authorizerError: "$context.authorizer.error",
  userAgent: "$context.identity.userAgent",
};
