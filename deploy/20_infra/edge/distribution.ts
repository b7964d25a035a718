import { CloudfrontCachePolicy } from "@cdktf/provider-aws/lib/cloudfront-cache-policy";
import {
  CloudfrontDistribution,
  type CloudfrontDistributionDefaultCacheBehavior,
} from "@cdktf/provider-aws/lib/cloudfront-distribution";
import { DataAwsCloudfrontCachePolicy } from "@cdktf/provider-aws/lib/data-aws-cloudfront-cache-policy";
import { DataAwsCloudfrontOriginRequestPolicy } from "@cdktf/provider-aws/lib/data-aws-cloudfront-origin-request-policy";
import { Construct } from "constructs";
import { metricsOf, type AlarmDefinitions } from "../../shared/alarms";
import { suppressChecks } from "../../shared/suppression";
import type { AliasTarget } from "../domain/hosted-zone";
import { AccessLogBucket } from "./access-log-bucket";
import type { EdgeProps } from "./edge-props";
import { securityHeaders } from "./security-headers";

export interface DistributionProps extends EdgeProps {
  readonly certificateArn: string;
  readonly webAclArn: string;
  /** The function that is called for each request of a client. */
  readonly requestFunctionArn: string;
}

/** Responses of these paths are the same for everyone who may read them. */
const cachedPaths = ["/docs/*", "/openapi.json"];
const longestCacheSeconds = 3_600;
const [read, all] = [
  ["GET", "HEAD", "OPTIONS"],
  ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"],
];

/** CloudFront: TLS, the firewall, the cache of the documentation; everything else goes to the API unchanged. */
export class Distribution extends Construct {
  readonly target: AliasTarget;

  constructor(scope: Construct, id: string, props: DistributionProps) {
    super(scope, id);
    const { nameOf, config, domainConfig, domain, webAclArn, certificateArn } = props;
    const logs = new AccessLogBucket(this, "access-log", props);
    const origin = "api";
    const behavior: Omit<CloudfrontDistributionDefaultCacheBehavior, "cachePolicyId" | "allowedMethods"> = {
      targetOriginId: origin,
      // A redirected request would have sent its credentials without TLS.
      viewerProtocolPolicy: "https-only",
      cachedMethods: ["GET", "HEAD"],
      // All headers, the Host among them: API Gateway finds the API by it, and signatures include it.
      originRequestPolicyId: new DataAwsCloudfrontOriginRequestPolicy(this, "all-headers", {
        name: "Managed-AllViewer",
      }).id,
      responseHeadersPolicyId: securityHeaders(this, nameOf("edge"), domainConfig).id,
      functionAssociation: [{ eventType: "viewer-request", functionArn: props.requestFunctionArn }],
    };
    const documentation = documentationCache(this, nameOf("documentation")).id;
    const distribution = new CloudfrontDistribution(this, "Resource", {
      enabled: true,
      comment: nameOf("api"),
      aliases: [domainConfig.name],
      httpVersion: "http2and3",
      isIpv6Enabled: true,
      priceClass: config.price_class,
      webAclId: webAclArn,
      origin: [
        {
          originId: origin,
          domainName: domain.target.domainName,
          customOriginConfig: {
            httpPort: 80,
            httpsPort: 443,
            originProtocolPolicy: "https-only",
            originSslProtocols: ["TLSv1.2"],
          },
        },
      ],
      defaultCacheBehavior: {
        ...behavior,
        allowedMethods: all,
        cachePolicyId: new DataAwsCloudfrontCachePolicy(this, "no-cache", {
          name: "Managed-CachingDisabled",
        }).id,
      },
      orderedCacheBehavior: cachedPaths.map((pathPattern) => ({
        ...behavior,
        pathPattern,
        allowedMethods: read,
        cachePolicyId: documentation,
        compress: true,
      })),
      loggingConfig: { bucket: logs.domainName, includeCookies: false },
      restrictions: { geoRestriction: { restrictionType: "none", locations: [] } },
      viewerCertificate: {
        acmCertificateArn: certificateArn,
        sslSupportMethod: "sni-only",
        minimumProtocolVersion: "TLSv1.2_2021",
      },
      dependsOn: [logs.ownership],
    });
    suppressChecks(distribution, suppressed);
    const metric = (name: string, statistic: string) =>
      metricsOf("AWS/CloudFront", { DistributionId: distribution.id, Region: "Global" })(name, statistic);
    props.alarms.add(this, nameOf("edge"), distributionAlarms(metric, props), {
      "requests (cost)": [metric("Requests", "Sum")],
      "bytes (cost)": [metric("BytesDownloaded", "Sum")],
    });
    const { domainName, hostedZoneId } = distribution;
    this.target = { domainName, hostedZoneId };
  }
}

/**
 * Follows the Cache-Control of responses, which the API sends for the documentation. The key has the credentials: with
 * authorization, what one caller may read is not for others.
 */
const documentationCache = (scope: Construct, name: string) =>
  new CloudfrontCachePolicy(scope, "documentation-cache", {
    name,
    comment: "The documentation of the API",
    minTtl: 0,
    defaultTtl: 0,
    maxTtl: longestCacheSeconds,
    parametersInCacheKeyAndForwardedToOrigin: {
      cookiesConfig: { cookieBehavior: "none" },
      queryStringsConfig: { queryStringBehavior: "none" },
      headersConfig: { headerBehavior: "whitelist", headers: { items: ["Authorization", "Origin"] } },
      enableAcceptEncodingBrotli: true,
      enableAcceptEncodingGzip: true,
    },
  });

const suppressed = {
  CKV_AWS_305: "an API has no root object",
  CKV_AWS_310: "the environment has one region, and so one origin",
  CKV_AWS_374: "clients of an API may be anywhere; the firewall limits addresses",
};

const distributionAlarms = (
  metric: (name: string, statistic: string) => ReturnType<ReturnType<typeof metricsOf>>,
  { thresholds }: DistributionProps,
): AlarmDefinitions => ({
  "edge-5xx": {
    summary: "CloudFront responds with a status of 500 or above",
    ...{
      metrics: [metric("5xxErrorRate", "Average")],
      above: thresholds.api_5xx_percent,
      datapoints: [2, 3],
    },
  },
});
