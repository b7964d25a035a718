import { statementsOf } from "../testing/synthesize";
import { at, strings } from "./attributes";
import { roleStatements } from "./lookups";
import type { ResolvedEnvironment, Resource } from "./resolved-environment";
import { unless, type Rule } from "./rule";

const everywhere = ["0.0.0.0/0", "::/0"];
const ruleTypes = ["aws_vpc_security_group_egress_rule", "aws_vpc_security_group_ingress_rule"];
/** What connects a VPC with the internet. */
const gateways = ["aws_internet_gateway", "aws_nat_gateway", "aws_egress_only_internet_gateway", "aws_route"];

/** Services that Lambda itself, or another service, calls for a function: these calls do not pass through the VPC. */
const calledByAws = ["ec2", "kms", "logs", "xray"];
/** Services whose actions permit a connection to an address in the VPC. */
const inVpc = ["rds-db"];

/** The services that a function's role names and that its code calls. */
function calledServices(environment: ResolvedEnvironment, called: Resource): string[] {
  const actions = roleStatements(environment, called).flatMap(({ Action }) => strings(Action));
  const named = actions.map((action) => action.split(":")[0] ?? "");
  return [...new Set(named)].filter((service) => ![...calledByAws, ...inVpc].includes(service)).sort();
}

const ofVpc = (environment: ResolvedEnvironment, type: string, vpc: Resource) =>
  environment
    .all(type)
    .filter(({ attributes }) => environment.referred(attributes.vpc_id, "aws_vpc") === vpc);

const serviceOf = ({ attributes }: Resource) => /\w+$/.exec(String(attributes.service_name))?.[0] ?? "";

export const networkRules: readonly Rule[] = [
  {
    name: "networks have no way to the internet",
    reason: "functions could send data anywhere, and each gateway costs by the hour",
    violations: (environment) => [
      ...environment
        .all(...gateways)
        .flatMap((gateway) => unless(false, gateway, "no gateway", gateway.type)),
      ...environment.all(...ruleTypes, "aws_security_group").flatMap((group) => {
        const open = JSON.stringify(group.attributes);
        const found = everywhere.filter((range) => open.includes(`"${range}"`));
        return unless(found.length === 0, group, "security groups or prefix lists", found);
      }),
      ...environment.all("aws_subnet").flatMap((subnet) => {
        const found = subnet.attributes.map_public_ip_on_launch;
        return unless(found === false, subnet, "map_public_ip_on_launch = false", found);
      }),
    ],
  },
  {
    name: "networks log their flows",
    reason: "a connection could not be investigated",
    violations: (environment) =>
      environment.all("aws_vpc").flatMap((vpc) => {
        const flows = ofVpc(environment, "aws_flow_log", vpc);
        const types = flows.map(({ attributes }) => attributes.traffic_type);
        return unless(types.includes("ALL"), vpc, "an aws_flow_log of all traffic", types);
      }),
  },
  {
    name: "the default security group allows nothing",
    reason: "what names no security group would be in it",
    violations: (environment) =>
      environment.all("aws_vpc").flatMap((vpc) => {
        const [group] = ofVpc(environment, "aws_default_security_group", vpc);
        const isEmpty =
          group !== undefined && !("ingress" in group.attributes || "egress" in group.attributes);
        return unless(isEmpty, vpc, "an aws_default_security_group without rules", group?.attributes);
      }),
  },
  {
    name: "endpoints are for this account and environment",
    reason: "data could leave with the credentials of another account",
    violations: (environment) => {
      const [account = ""] = environment.synthesized.config.core.allowed_account_ids;
      return environment.all("aws_vpc_endpoint").flatMap((endpoint) => {
        const { policy } = endpoint.attributes;
        const statements = typeof policy === "string" ? statementsOf(policy) : [];
        const isLimited = statements.every(
          ({ Condition }) => at(Condition, "StringEquals", "aws:PrincipalAccount") === account,
        );
        return unless(
          statements.length > 0 && isLimited,
          endpoint,
          `a policy whose statements have aws:PrincipalAccount ${account}`,
          policy,
        );
      });
    },
  },
  {
    name: "functions in a network reach the services that they call",
    reason: "calls without an endpoint time out",
    violations: (environment) => {
      const reached = environment.all("aws_vpc_endpoint").map(serviceOf);
      return environment
        .all("aws_lambda_function")
        .filter(({ attributes }) => attributes.vpc_config !== undefined)
        .flatMap((called) => {
          const missing = calledServices(environment, called).filter((service) => !reached.includes(service));
          return unless(missing.length === 0, called, `endpoints of ${missing.join(", ")}`, reached);
        });
    },
  },
];
