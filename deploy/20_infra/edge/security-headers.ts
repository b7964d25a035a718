import { CloudfrontResponseHeadersPolicy } from "@cdktf/provider-aws/lib/cloudfront-response-headers-policy";
import type { Construct } from "constructs";
import type { DomainConfig } from "../../config/schemas/domain";

const yearSeconds = 31_536_000;

/**
 * Security headers of every response, CloudFront's own ones included. Where the API sends one itself, as the policy of the
 * documentation's page, that one is kept.
 */
export const securityHeaders = (
  scope: Construct,
  name: string,
  { name: domain, hosted_zone }: DomainConfig,
) =>
  new CloudfrontResponseHeadersPolicy(scope, "security-headers", {
    name,
    comment: "Security headers",
    securityHeadersConfig: {
      strictTransportSecurity: {
        accessControlMaxAgeSec: yearSeconds,
        includeSubdomains: true,
        // Anyone may enter a name with it into the list of browsers, and all names below: not for a whole zone.
        preload: domain !== hosted_zone,
        override: true,
      },
      contentTypeOptions: { override: true },
      contentSecurityPolicy: {
        contentSecurityPolicy: "default-src 'none'; frame-ancestors 'none'",
        override: false,
      },
      frameOptions: { frameOption: "DENY", override: false },
      referrerPolicy: { referrerPolicy: "no-referrer", override: false },
    },
  });
