import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { Wafv2WebAcl, type Wafv2WebAclRule } from "@cdktf/provider-aws/lib/wafv2-web-acl";
import { Wafv2WebAclLoggingConfiguration } from "@cdktf/provider-aws/lib/wafv2-web-acl-logging-configuration";
import { Construct } from "constructs";
import type { EdgeConfig } from "../../config/schemas/edge";
import { suppressCheck } from "../../shared/suppression";
import type { EdgeProps } from "./edge-props";

/** Headers with credentials, which logs do not have. */
const redactedHeaders = ["authorization", "cookie", "x-amz-security-token"];

/**
 * Rules of AWS's managed groups that count requests and do not block them. Bodies above 8 KB are valid here: the API accepts
 * 128 KiB, and validates each by its schema. Clients of an API run at hosting providers.
 */
const counted: Readonly<Record<string, readonly string[]>> = {
  AWSManagedRulesAnonymousIpList: ["AnonymousIPList", "HostingProviderIPList"],
  AWSManagedRulesCommonRuleSet: ["SizeRestrictions_BODY"],
};

/** https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html */
const managedGroups = [
  "AWSManagedRulesAmazonIpReputationList",
  "AWSManagedRulesAnonymousIpList",
  "AWSManagedRulesKnownBadInputsRuleSet",
  "AWSManagedRulesCommonRuleSet",
];

/** The status of API Gateway's own throttle, so that clients treat both alike. */
const tooManyRequests = 429;

/** The web application firewall: the rate of each address, then the groups of rules that AWS manages. */
export class WebAcl extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { nameOf, core, config, global, alarms }: EdgeProps) {
    super(scope, id);
    const name = nameOf("edge");
    const acl = new Wafv2WebAcl(this, "Resource", {
      provider: global,
      name,
      description: "Requests to CloudFront",
      scope: "CLOUDFRONT",
      defaultAction: { allow: {} },
      rule: [rateRule(config), ...managedGroups.map(managedRule)],
      visibilityConfig: visibility(name),
    });
    const logs = new CloudwatchLogGroup(this, "logs", {
      provider: global,
      // WAF accepts log groups with this prefix only.
      name: `aws-waf-logs-${name}`,
      retentionInDays: core.log_retention_days,
    });
    suppressCheck(
      logs,
      "CKV_AWS_158",
      "the environment's key is in another region; CloudWatch Logs encrypts",
    );
    new Wafv2WebAclLoggingConfiguration(this, "logging", {
      provider: global,
      resourceArn: acl.arn,
      logDestinationConfigs: [logs.arn],
      redactedFields: redactedHeaders.map((header) => ({ singleHeader: { name: header } })),
    });
    const metric = (metricName: string) => ({
      namespace: "AWS/WAFV2",
      name: metricName,
      statistic: "Sum",
      dimensions: { WebACL: name, Rule: "ALL" },
    });
    alarms.add(this, name, {}, { firewall: ["AllowedRequests", "BlockedRequests"].map(metric) });
    this.arn = acl.arn;
  }
}

const visibility = (metricName: string) => ({
  cloudwatchMetricsEnabled: true,
  metricName,
  // Samples show requests with their headers in the console for three hours.
  sampledRequestsEnabled: false,
});

// In the names of Terraform: the class passes statements on as they are.
const rateRule = ({ rate_limit: limit, rate_window_seconds }: EdgeConfig): Wafv2WebAclRule => ({
  name: "rate-of-address",
  priority: 0,
  action: { block: { customResponse: { responseCode: tooManyRequests } } },
  statement: {
    rate_based_statement: { limit, evaluation_window_sec: rate_window_seconds, aggregate_key_type: "IP" },
  },
  visibilityConfig: visibility("rate-of-address"),
});

const managedRule = (name: string, index: number): Wafv2WebAclRule => ({
  name,
  priority: index + 1,
  overrideAction: { none: {} },
  statement: {
    managed_rule_group_statement: {
      vendor_name: "AWS",
      name,
      rule_action_override: (counted[name] ?? []).map((rule) => ({
        name: rule,
        action_to_use: { count: {} },
      })),
    },
  },
  visibilityConfig: visibility(name),
});
