import { at } from "./attributes";
import { distributions } from "./lookups";
import type { Resource } from "./resolved-environment";
import { unless, type Rule } from "./rule";

const managedGroups = ["AmazonIpReputationList", "CommonRuleSet", "KnownBadInputsRuleSet"];

const redacted = (logging: Resource | undefined) =>
  [logging?.attributes.redacted_fields].flat().map((field) => at(field, "single_header", "name"));

export const firewallRules: readonly Rule[] = [
  {
    name: "CloudFront has a firewall",
    reason: "known attacks and floods of one address would reach the functions",
    violations: (environment) =>
      distributions(environment).flatMap((distribution) => {
        const acl = environment.referred(distribution.attributes.web_acl_id, "aws_wafv2_web_acl");
        const statements = [acl?.attributes.rule].flat().map((rule) => at(rule, "statement"));
        const groups = statements.map((each) => String(at(each, "managed_rule_group_statement", "name")));
        const isLimited = statements.some(
          (each) => at(each, "rate_based_statement", "aggregate_key_type") === "IP",
        );
        const hasGroups = managedGroups.every((name) => groups.includes(`AWSManagedRules${name}`));
        return unless(
          isLimited && hasGroups,
          distribution,
          `a web ACL with a rate for each address and ${managedGroups.join(", ")}`,
          { groups, isLimited },
        );
      }),
  },
  {
    name: "CloudFront and its firewall log without credentials",
    reason: "an attack could not be investigated, or its log would have the credentials of callers",
    violations: (environment) => [
      ...distributions(environment).flatMap((distribution) => {
        const bucket = at(distribution.attributes.logging_config, "bucket");
        const logs = environment
          .all("aws_s3_bucket")
          .some(({ attributes }) => bucket === `${String(attributes.bucket)}.s3.amazonaws.com`);
        return unless(logs, distribution, "a logging_config with a bucket of this environment", bucket);
      }),
      ...environment.all("aws_wafv2_web_acl").flatMap((acl) => {
        const logging = environment
          .all("aws_wafv2_web_acl_logging_configuration")
          .find(({ attributes }) => environment.referred(attributes.resource_arn, acl.type) === acl);
        const without = redacted(logging);
        const redacts = ["authorization", "cookie", "x-amz-security-token"].every((each) =>
          without.includes(each),
        );
        return unless(redacts, acl, "a logging configuration that redacts credentials", without);
      }),
    ],
  },
];
