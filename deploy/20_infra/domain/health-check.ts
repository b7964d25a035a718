import { Route53HealthCheck } from "@cdktf/provider-aws/lib/route53-health-check";
import { Fn } from "cdktf";
import type { Construct } from "constructs";

/** A failover begins after 30 s; with the standard interval of 30 s it begins after 90 s. The shorter one costs $1 a month more. */
const intervalSeconds = 10;
const failures = 3;

/** Checks the health of the API of one region, by its own URL: `https://<id>.execute-api.<region>.amazonaws.com`. */
export const healthCheck = (scope: Construct, name: string, apiEndpoint: string) =>
  new Route53HealthCheck(scope, "health-check", {
    type: "HTTPS",
    fqdn: Fn.replace(apiEndpoint, "https://", ""),
    port: 443,
    resourcePath: "/health",
    requestInterval: intervalSeconds,
    failureThreshold: failures,
    enableSni: true,
    tags: { Name: name },
  });
