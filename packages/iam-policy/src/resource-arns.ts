/** Examples of the parts of ARNs that AWS generates. */
const keyId = "1234abcd-12ab-34cd-56ef-1234567890ab";
const mappingId = "91eaeb7e-c976-4939-9bd6-3c3e9d5f9a2b";
const apiId = "a1b2c3d4e5";
const secretSuffix = "a1B2c3";
const distributionId = "E1A2B3C4D5E6F7";
const zoneId = "Z0123456789ABCDEFGHIJ";
const generatedId = "0123456789abcdef0";

type Values = Readonly<Record<string, unknown>>;

/** Resources of EC2, by the kind in their ARNs; each has a generated id. */
const ec2Kinds = {
  aws_default_security_group: "security-group",
  aws_flow_log: "vpc-flow-log",
  aws_route_table: "route-table",
  aws_security_group: "security-group",
  aws_subnet: "subnet",
  aws_vpc: "vpc",
  aws_vpc_endpoint: "vpc-endpoint",
  aws_vpc_security_group_egress_rule: "security-group-rule",
  aws_vpc_security_group_ingress_rule: "security-group-rule",
};
const ofEc2 = Object.fromEntries(
  Object.entries(ec2Kinds).map(([type, kind]) => [
    type,
    (_: Values, here: string) => `ec2:${here}:${kind}/${generatedId}`,
  ]),
);

/** The part of a resource's ARN after `arn:aws:`. @param here `region:account` */
const formats: Readonly<Record<string, (values: Values, here: string, account: string) => string>> = {
  aws_acm_certificate: (_, here) => `acm:${here}:certificate/${keyId}`,
  aws_apigatewayv2_api: (_, here) => `apigateway:${regionOf(here)}::/apis/${apiId}`,
  aws_apigatewayv2_domain_name: ({ domain_name }, here) =>
    `apigateway:${regionOf(here)}::/domainnames/${String(domain_name)}`,
  aws_apigatewayv2_stage: (_, here) => `apigateway:${regionOf(here)}::/apis/${apiId}/stages`,
  aws_cloudfront_distribution: (_values, _here, account) =>
    `cloudfront::${account}:distribution/${distributionId}`,
  aws_cloudwatch_composite_alarm: ({ alarm_name }, here) => `cloudwatch:${here}:alarm:${String(alarm_name)}`,
  aws_cloudwatch_event_rule: ({ name }, here) => `events:${here}:rule/${String(name)}`,
  aws_cloudwatch_log_group: ({ name }, here) => `logs:${here}:log-group:${String(name)}`,
  aws_cloudwatch_metric_alarm: ({ alarm_name }, here) => `cloudwatch:${here}:alarm:${String(alarm_name)}`,
  ...ofEc2,
  aws_dynamodb_table: ({ name }, here) => `dynamodb:${here}:table/${String(name)}`,
  aws_iam_openid_connect_provider: ({ url }, _, account) =>
    `iam::${account}:oidc-provider/${String(url).replace("https://", "")}`,
  aws_iam_policy: ({ name }, _, account) => `iam::${account}:policy/${String(name)}`,
  aws_iam_role: ({ name }, _, account) => `iam::${account}:role/${String(name)}`,
  aws_kms_key: (_, here) => `kms:${here}:key/${keyId}`,
  aws_lambda_event_source_mapping: (_, here) => `lambda:${here}:event-source-mapping:${mappingId}`,
  aws_lambda_function: ({ function_name }, here) => `lambda:${here}:function:${String(function_name)}`,
  aws_lambda_layer_version: ({ layer_name }, here) => `lambda:${here}:layer:${String(layer_name)}:1`,
  aws_route53_zone: () => `route53:::hostedzone/${zoneId}`,
  aws_s3_bucket: ({ bucket }) => `s3:::${String(bucket)}`,
  aws_secretsmanager_secret: ({ name }, here) =>
    `secretsmanager:${here}:secret:${String(name)}-${secretSuffix}`,
  aws_wafv2_web_acl: ({ name }, here) => `wafv2:${here}:global/webacl/${String(name)}/${keyId}`,
  aws_sns_topic: ({ name }, here) => `sns:${here}:${String(name)}`,
  aws_sqs_queue: ({ name }, here) => `sqs:${here}:${String(name)}`,
};

const regionOf = (here: string) => here.split(":")[0] ?? "";

/**
 * The ARN that a resource of the AWS provider has once it is created, in the partition `aws`.
 * @throws {Error} for a type without a format above
 */
export function resourceArn(type: string, values: Values, region: string, account: string): string {
  const format = formats[type];
  if (format === undefined)
    throw new Error(`packages/iam-policy/src/resource-arns.ts has no ARN for ${type}`);
  return `arn:aws:${format(values, `${region}:${account}`, account)}`;
}
