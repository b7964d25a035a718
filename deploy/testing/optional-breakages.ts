import * as z from "zod";
import { replace, set, without, type Breakage, type Change } from "./breakage";

const tls = "names require TLS 1.2";
const closed = "the origin of CloudFront is closed";
const unchanged = "CloudFront forwards requests unchanged";
const cached = "only the documentation is cached";
const firewall = "CloudFront has a firewall";
const logs = "CloudFront and its firewall log without credentials";
const internet = "networks have no way to the internet";

const record = z.record(z.string(), z.unknown());

/** Changes attributes of a block. */
const inBlock =
  (name: string, values: Readonly<Record<string, unknown>>): Change =>
  (attributes) => ({ ...attributes, [name]: { ...record.parse(attributes[name]), ...values } });

/** Changes attributes of each block of a list, or of those that match. */
const inBlocks =
  (name: string, values: Readonly<Record<string, unknown>>): Change =>
  (attributes) => ({
    ...attributes,
    [name]: z
      .array(record)
      .parse(attributes[name])
      .map((block) => ({ ...block, ...values })),
  });

/** Removes the blocks whose JSON has a string. */
const withoutBlocks =
  (name: string, having: string): Change =>
  (attributes) => {
    const all = z.array(record).parse(attributes[name]);
    const kept = all.filter((block) => !JSON.stringify(block).includes(having));
    if (kept.length === all.length) throw new Error(`${name} has no block with ${having}`);
    return { ...attributes, [name]: kept };
  };

const distribution = (rule: string, change: Change): Breakage => [
  rule,
  "infra",
  "aws_cloudfront_distribution",
  "edge_distribution",
  change,
];
const egress = (change: Change): Breakage => [
  internet,
  "infra",
  "aws_vpc_security_group_egress_rule",
  "network_endpoints_functions-to-endpoints",
  change,
];

/** Changes that violate the rules of the domain, the edge and the network. */
export const optionalBreakages: readonly Breakage[] = [
  [
    "a certificate is created before the one that it replaces is deleted",
    "infra",
    "aws_acm_certificate",
    "domain",
    without("lifecycle"),
  ],
  [
    tls,
    "infra",
    "aws_apigatewayv2_domain_name",
    "domain",
    inBlock("domain_name_configuration", { security_policy: "TLS_1_0" }),
  ],
  distribution(tls, inBlock("viewer_certificate", { minimum_protocol_version: "TLSv1.1_2016" })),
  distribution(tls, inBlock("default_cache_behavior", { viewer_protocol_policy: "allow-all" })),
  distribution(tls, inBlocks("origin", { custom_origin_config: { origin_protocol_policy: "http-only" } })),
  [
    "an API with a name has no other address",
    "infra",
    "aws_apigatewayv2_api",
    "http-api",
    without("disable_execute_api_endpoint"),
  ],
  distribution(closed, inBlock("default_cache_behavior", { function_association: [] })),
  distribution(closed, inBlocks("ordered_cache_behavior", { function_association: [] })),
  [closed, "infra", "aws_cloudfront_function", "edge_origin-secret", without("key_value_store_associations")],
  [closed, "app", "aws_lambda_function", "api", inBlock("environment", { variables: {} })],
  [
    closed,
    "app",
    "aws_iam_role_policy",
    "api",
    replace("policy", "secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"),
  ],
  distribution(unchanged, inBlock("default_cache_behavior", { origin_request_policy_id: undefined })),
  distribution(cached, inBlocks("ordered_cache_behavior", { path_pattern: "/tasks/*" })),
  distribution(firewall, without("web_acl_id")),
  [firewall, "infra", "aws_wafv2_web_acl", "edge_web-acl", withoutBlocks("rule", "rate_based_statement")],
  [firewall, "infra", "aws_wafv2_web_acl", "edge_web-acl", withoutBlocks("rule", "KnownBadInputs")],
  distribution(logs, without("logging_config")),
  [
    logs,
    "infra",
    "aws_wafv2_web_acl_logging_configuration",
    "edge_web-acl",
    withoutBlocks("redacted_fields", "authorization"),
  ],
  egress(set({ cidr_ipv4: "0.0.0.0/0" })),
  egress(set({ cidr_ipv6: "::/0" })),
  [internet, "infra", "aws_subnet", "network", set({ map_public_ip_on_launch: true })],
  ["networks log their flows", "infra", "aws_flow_log", "network", set({ traffic_type: "REJECT" })],
  [
    "the default security group allows nothing",
    "infra",
    "aws_default_security_group",
    "network",
    set({ egress: [{ protocol: "-1" }] }),
  ],
  [
    "endpoints are for this account and environment",
    "infra",
    "aws_vpc_endpoint",
    "network_endpoints_sqs",
    replace("policy", "aws:PrincipalAccount", "aws:PrincipalOrgID"),
  ],
  [
    "functions in a network reach the services that they call",
    "infra",
    "aws_vpc_endpoint",
    "network_endpoints_sqs",
    set({ service_name: "com.amazonaws.eu-central-1.sns" }),
  ],
  ["resources have alarms", "infra", "aws_cloudfront_function", "edge_origin-secret", set({ name: "other" })],
];
