import { Apigatewayv2Api } from "@cdktf/provider-aws/lib/apigatewayv2-api";
import { Apigatewayv2Stage } from "@cdktf/provider-aws/lib/apigatewayv2-stage";
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { routes } from "@serverless-tasks/functions/api/routes";
import { Construct } from "constructs";
import { metricsOf, type AlarmDefinitions, type Alarms } from "../shared/alarms";
import type { InfraConfig } from "../config/schemas/infra";

export interface HttpApiProps {
  readonly name: string;
  readonly config: InfraConfig["http_api"];
  readonly logRetentionDays: number;
  readonly keyArn: string | undefined;
  readonly alarms: Alarms;
  readonly thresholds: InfraConfig["alarms"];
  /** Whether requests to the URL of API Gateway are refused. */
  readonly byNameOnly: boolean;
}

/** Browsers may cache the response to a preflight request for this long. */
const corsMaxAgeSeconds = 3600;

/** The HTTP API and its `$default` stage; the app layer adds integration and routes. */
export class HttpApi extends Construct {
  readonly api: Apigatewayv2Api;
  readonly stage: Apigatewayv2Stage;

  constructor(scope: Construct, id: string, props: HttpApiProps) {
    super(scope, id);
    const { name, config, logRetentionDays, keyArn, alarms, thresholds, byNameOnly } = props;
    this.api = new Apigatewayv2Api(this, "Resource", {
      name,
      protocolType: "HTTP",
      ...(byNameOnly && { disableExecuteApiEndpoint: true }),
      ...(config.cors_allow_origins.length > 0 && { corsConfiguration: cors(config.cors_allow_origins) }),
    });
    const accessLog = new CloudwatchLogGroup(this, "access-log", {
      // Groups under this prefix do not count against the size of the account's log resource policy:
      // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging.html
      name: `/aws/vendedlogs/${name}`,
      retentionInDays: logRetentionDays,
      kmsKeyId: keyArn,
    });
    this.stage = new Apigatewayv2Stage(this, "stage", {
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
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html
    const metric = metricsOf("AWS/ApiGateway", { ApiId: this.api.id });
    alarms.add(this, name, apiAlarms(metric, thresholds), {
      "requests (cost)": ["Count", "4xx", "5xx"].map((count) => metric(count)),
      latency: ["p50", "p95", "p99"].map((percentile) => metric("Latency", percentile)),
    });
  }
}

function apiAlarms(
  metric: ReturnType<typeof metricsOf>,
  thresholds: InfraConfig["alarms"],
): AlarmDefinitions {
  const shareOf = (errors: string) => ({
    metrics: [metric(errors), metric("Count")],
    expression: "100 * m0 / m1",
  });
  return {
    "5xx": {
      ...{ summary: "Requests fail with a status of 500 or above", ...shareOf("5xx") },
      ...{ above: thresholds.api_5xx_percent, datapoints: [2, 3], symptom: true },
    },
    "4xx": {
      ...{ summary: "Requests are rejected with a status of 400 to 499", ...shareOf("4xx") },
      // A client with a mistake is no reason for an alarm; fifteen minutes of them may be a wrong deployment.
      ...{ above: thresholds.api_4xx_percent, periodSeconds: 300, datapoints: [3, 3] },
    },
    latency: {
      summary: "One request in a hundred is slower than the threshold",
      metrics: [metric("Latency", "p99")],
      ...{ above: thresholds.api_p99_milliseconds, datapoints: [3, 5], symptom: true },
    },
  };
}

/** Requests that are signed in a browser have these headers in addition to `authorization`. */
const signatureHeaders = ["x-amz-content-sha256", "x-amz-date", "x-amz-security-token"];

const cors = (allowOrigins: readonly string[]) => ({
  allowOrigins: [...allowOrigins],
  allowMethods: [...new Set(routes.map(({ method }) => method.toUpperCase()))],
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
